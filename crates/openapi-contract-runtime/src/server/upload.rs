//! The bytes of a request body: received within limits and within the memory that there is, and decoded (RFC 9110, section 8.4).

use std::io::{self, Cursor, Read};

use flate2::bufread::GzDecoder;
use http_body_util::{BodyExt, combinators::BoxBody};
use poem::http::{HeaderMap, header};

use super::{
    Rejection,
    memory::{RequestMemory, SMALL_BYTES},
};

/// The codings that are understood, for `Accept-Encoding`.
pub const UNDERSTOOD_CODINGS: &str = "gzip, identity";

/// Members of a gzip body (RFC 1952, section 2.2). Each costs time even if it is empty. Compressors write one, or one for each
/// 64 KiB.
const GZIP_MEMBERS: usize = 100;

/// The coding of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
}

impl Coding {
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Rejection> {
        let mut given = headers.get_all(header::CONTENT_ENCODING).iter();
        let coding = match (given.next(), given.next()) {
            (None, _) => return Ok(Self::Identity),
            (Some(value), None) => value.to_str().unwrap_or_default().trim(),
            // One coding on top of another.
            (Some(_), Some(_)) => "",
        };
        // RFC 9110, section 8.4.1: names in any case, and `x-gzip` is another name.
        match coding.to_ascii_lowercase().as_str() {
            "identity" => Ok(Self::Identity),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            _ => Err(Rejection::ContentEncodingUnsupported),
        }
    }

    /// The memory for a body, *bytes*: as it was sent, and as it is decoded.
    fn memory(self, sent: usize, limit: usize) -> usize {
        match self {
            Self::Identity => sent,
            Self::Gzip => sent + limit,
        }
    }
}

/// A received body, decoded as far as somebody has asked for.
pub(super) struct Content {
    coding: Coding,
    sent_bytes: usize,
    /// What has been decoded.
    bytes: Vec<u8>,
    /// `None`: that is all.
    rest: Option<Rest>,
}

/// What has not been decoded: a member of a gzip body, and those behind it.
struct Rest {
    decoder: GzDecoder<Cursor<Vec<u8>>>,
    members: usize,
}

impl Content {
    pub(super) fn new(coding: Coding, sent: Vec<u8>) -> Self {
        let sent_bytes = sent.len();
        let (bytes, rest) = match coding {
            Coding::Identity => (sent, None),
            Coding::Gzip => {
                let decoder = GzDecoder::new(Cursor::new(sent));
                let members = 1;
                (Vec::new(), Some(Rest { decoder, members }))
            }
        };
        Self {
            coding,
            sent_bytes,
            bytes,
            rest,
        }
    }

    /// Whether the body is small, both as sent and as decoded. Decodes no more than that.
    ///
    /// # Errors
    /// A body that is not what its coding says.
    pub(super) fn is_small(&mut self) -> Result<bool, Rejection> {
        Ok(self.sent_bytes <= SMALL_BYTES && self.decode(SMALL_BYTES)?)
    }

    /// The memory for all of it, *bytes*.
    pub(super) fn memory(&self, limit: usize) -> usize {
        self.coding.memory(self.sent_bytes, limit)
    }

    /// All of it, decoded.
    ///
    /// # Errors
    /// A body that is not what its coding says, or is longer than `limit`.
    pub(super) fn into_bytes(mut self, limit: usize) -> Result<Vec<u8>, Rejection> {
        if self.decode(limit)? {
            return Ok(self.bytes);
        }
        Err(Rejection::BodyTooLarge { limit_bytes: limit })
    }

    /// Decodes the body up to `limit`, and a byte more if there is more. Whether that is all.
    fn decode(&mut self, limit: usize) -> Result<bool, Rejection> {
        while let Some(mut rest) = self.rest.take() {
            let room = (limit + 1).saturating_sub(self.bytes.len());
            (&mut rest.decoder)
                .take(room as u64)
                .read_to_end(&mut self.bytes)
                .map_err(|_| undecodable("must be in the gzip format (RFC 1952)".to_owned()))?;
            if self.bytes.len() > limit {
                self.rest = Some(rest);
                return Ok(false);
            }
            self.rest = rest.next_member()?;
        }
        Ok(self.bytes.len() <= limit)
    }
}

impl Rest {
    /// What is behind a member that has been decoded to its end.
    fn next_member(self) -> Result<Option<Self>, Rejection> {
        let sent = self.decoder.into_inner();
        if sent.position() == sent.get_ref().len() as u64 {
            return Ok(None);
        }
        let members = self.members + 1;
        if members > GZIP_MEMBERS {
            let rule = format!("must have at most {GZIP_MEMBERS} gzip members");
            return Err(undecodable(rule));
        }
        let decoder = GzDecoder::new(sent);
        Ok(Some(Self { decoder, members }))
    }
}

fn undecodable(rule: String) -> Rejection {
    Rejection::BodyUndecodable { rule }
}

/// Reads a body to its end, as it was sent.
///
/// # Errors
/// A body that is too large, too slow or cut off, or that finds no memory.
pub(super) async fn receive(
    body: poem::Body,
    coding: Coding,
    memory: &RequestMemory,
) -> Result<Vec<u8>, Rejection> {
    let limit = memory.limits().bytes;
    let too_large = || Rejection::BodyTooLarge { limit_bytes: limit };
    let mut body: BoxBody<_, io::Error> = body.into();
    let hint = http_body::Body::size_hint(&body);
    if hint.lower() > limit as u64 {
        return Err(too_large());
    }
    let exact = hint.exact().and_then(|bytes| usize::try_from(bytes).ok());
    let whole = exact.unwrap_or(limit);
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| unread(&error))?.into_data() else {
            continue; // trailers
        };
        let needed = bytes.len() + data.len();
        if needed > limit {
            return Err(too_large());
        }
        if needed > memory.bytes() {
            // Once, for all that may come: those who have a part and wait for more would wait for each other. What a small body is
            // decoded to is not known to be large yet.
            let all = match whole {
                ..=SMALL_BYTES => whole,
                _ => coding.memory(whole, limit),
            };
            memory.hold_received(all).await?;
        }
        if needed > SMALL_BYTES {
            bytes.reserve_exact(whole.saturating_sub(bytes.len()));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn unread(error: &io::Error) -> Rejection {
    // The listener gives up on a sender that is too slow.
    if error.kind() == io::ErrorKind::TimedOut {
        return Rejection::BodyTooSlow {
            reason: error.to_string(),
        };
    }
    Rejection::BodyInterrupted
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, write::GzEncoder};
    use futures_util::{StreamExt, stream};
    use std::{io::Write, time::Duration};

    use super::super::memory::{BodyLimits, ConnectionMemory, MemoryBudget, PATIENCE};
    use super::*;

    fn streamed(pieces: Vec<io::Result<Vec<u8>>>) -> poem::Body {
        poem::Body::from_bytes_stream(stream::iter(pieces))
    }

    const LIMIT: usize = 1_024 * 1_024;

    fn too_large() -> Rejection {
        Rejection::BodyTooLarge { limit_bytes: LIMIT }
    }

    /// As large as one request of an owner needs.
    fn budget() -> MemoryBudget {
        MemoryBudget::new(0, BodyLimits::default())
    }

    async fn receive_alone(body: poem::Body) -> Result<Vec<u8>, Rejection> {
        receive(body, Coding::Identity, &budget().request(None)).await
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    /// Decoded after a look at whether it is small, as bodies are.
    fn decoded(bytes: Vec<u8>) -> Result<Vec<u8>, Rejection> {
        let mut content = Content::new(Coding::Gzip, bytes);
        let small = content.is_small()?;
        let bytes = content.into_bytes(LIMIT)?;
        assert!(!small || bytes.len() <= SMALL_BYTES);
        Ok(bytes)
    }

    #[tokio::test]
    async fn body_that_fails_is_refused_for_its_reason() {
        let reason = "too slow".to_owned();
        for (kind, expected) in [
            (io::ErrorKind::TimedOut, Rejection::BodyTooSlow { reason }),
            (io::ErrorKind::Other, Rejection::BodyInterrupted),
        ] {
            let error = io::Error::new(kind, "too slow");
            let body = streamed(vec![Ok(b"{".to_vec()), Err(error)]);
            assert_eq!(receive_alone(body).await, Err(expected));
        }
    }

    #[tokio::test]
    async fn body_has_its_limit_with_and_without_a_length() {
        for (bytes, fits) in [
            (0, true),
            (SMALL_BYTES, true),
            (SMALL_BYTES + 1, true),
            (LIMIT, true),
            (LIMIT + 1, false),
        ] {
            let whole = vec![b'x'; bytes];
            let pieces = whole.chunks(10_000).map(|piece| Ok(piece.to_vec()));
            let pieces = streamed(pieces.collect());
            let expected = if fits {
                Ok(whole.clone())
            } else {
                Err(too_large())
            };
            assert!(receive_alone(pieces).await == expected, "{bytes} in pieces");
            assert!(receive_alone(whole.into()).await == expected, "{bytes}");
        }
    }

    /// Bodies without a length, as HTTP/2 has them, that come a piece at a time.
    #[tokio::test(start_paused = true)]
    async fn bodies_that_come_in_pieces_do_not_wait_for_each_other() {
        const BODIES: usize = 1_000;
        let budget = budget();
        let connection = ConnectionMemory::default();
        let mut bodies = tokio::task::JoinSet::new();
        for _ in 0..BODIES {
            let pieces = stream::iter(0..8).then(async |_| {
                tokio::time::sleep(Duration::from_millis(1)).await;
                Ok::<_, io::Error>(vec![b'x'; SMALL_BYTES / 8])
            });
            let body = poem::Body::from_bytes_stream(Box::pin(pieces));
            let memory = budget.request(Some(&connection));
            bodies.spawn(async move { receive(body, Coding::Identity, &memory).await });
        }
        let started = tokio::time::Instant::now();
        let received = bodies.join_all().await;
        assert!(received.iter().all(Result::is_ok));
        assert!(started.elapsed() < PATIENCE);
    }

    #[tokio::test(start_paused = true)]
    async fn large_bodies_wait_for_memory_and_small_ones_do_not() {
        let budget = budget();
        let plain = || vec![b'x'; LIMIT];
        // A few bytes that are decoded to many.
        let packed = || gzip(&plain());
        let read = async |bytes: Vec<u8>, coding: Coding| {
            let memory = budget.request(None);
            let sent = receive(bytes.into(), coding, &memory).await?;
            let mut content = Content::new(coding, sent);
            if !content.is_small()? {
                memory.hold_received(content.memory(LIMIT)).await?;
            }
            Ok::<_, Rejection>(memory)
        };
        let first = [
            read(plain(), Coding::Identity).await.expect("room"),
            read(packed(), Coding::Gzip).await.expect("room"),
        ];
        for (bytes, coding) in [(plain(), Coding::Identity), (packed(), Coding::Gzip)] {
            let refused = read(bytes, coding).await.err();
            let retry_after = PATIENCE;
            assert_eq!(refused, Some(Rejection::NoMemory { retry_after }));
        }
        let small = vec![b'x'; SMALL_BYTES - 1];
        assert!(read(gzip(&small), Coding::Gzip).await.is_ok());
        assert!(read(small, Coding::Identity).await.is_ok());
        let later = read(plain(), Coding::Identity);
        let release = async {
            tokio::time::sleep(PATIENCE / 2).await;
            drop(first);
        };
        let (later, ()) = tokio::join!(later, release);
        assert!(later.is_ok());
    }

    /// As sent and as decoded, both at once.
    #[tokio::test]
    async fn large_body_of_a_coding_holds_memory_for_what_it_becomes() {
        let memory = budget().request(None);
        let sent = receive(vec![0; LIMIT].into(), Coding::Gzip, &memory).await;
        assert!(sent.is_ok());
        assert!(memory.bytes() >= 2 * LIMIT, "{}", memory.bytes());
    }

    #[test]
    fn gzip_is_decoded_within_the_limit() {
        assert_eq!(decoded(gzip(b"{}")), Ok(b"{}".to_vec()));
        // RFC 1952, section 2.2: members follow one another.
        assert_eq!(
            decoded([gzip(b"{"), gzip(b""), gzip(b"}")].concat()),
            Ok(b"{}".to_vec())
        );
        for bytes in [SMALL_BYTES, SMALL_BYTES + 1, LIMIT] {
            let length = decoded(gzip(&vec![0; bytes])).map(|bytes| bytes.len());
            assert_eq!(length, Ok(bytes));
        }
        let bomb = gzip(&vec![0; 20 * LIMIT]);
        assert!(bomb.len() < SMALL_BYTES);
        assert_eq!(decoded(bomb), Err(too_large()));
    }

    #[test]
    fn gzip_has_a_hundred_members_at_most() {
        let members = |number: usize| vec![gzip(b"x"); number].concat();
        let most = decoded(members(GZIP_MEMBERS)).map(|bytes| bytes.len());
        assert_eq!(most, Ok(GZIP_MEMBERS));
        let refused = decoded(members(GZIP_MEMBERS + 1));
        let rule = "must have at most 100 gzip members";
        assert_eq!(refused, Err(undecodable(rule.into())));
    }

    #[test]
    fn what_is_not_gzip_is_refused() {
        let whole = gzip(b"{\"id\":\"contosohr\"}");
        let mut wrong_sum = whole.clone();
        let sum = wrong_sum.len() - 6;
        wrong_sum[sum] ^= 1;
        let cut = whole[..whole.len() - 9].to_vec();
        let trailer = [whole, b"{}".to_vec()].concat();
        for bytes in [b"{}".to_vec(), cut, wrong_sum, trailer] {
            let rule = "must be in the gzip format (RFC 1952)";
            assert_eq!(decoded(bytes), Err(undecodable(rule.into())));
        }
    }

    #[test]
    fn coding_is_one_that_is_understood() {
        for (given, expected) in [
            (&[][..], Some(Coding::Identity)),
            (&["identity"], Some(Coding::Identity)),
            (&["gzip"], Some(Coding::Gzip)),
            (&["X-GZip "], Some(Coding::Gzip)),
            (&["br"], None),
            (&["gzip, gzip"], None),
            (&["gzip", "gzip"], None),
            (&[""], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in given {
                let value = value.parse().expect("a header");
                headers.append(header::CONTENT_ENCODING, value);
            }
            assert_eq!(Coding::of(&headers).ok(), expected, "{given:?}");
        }
    }
}
