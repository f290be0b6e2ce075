//! The bytes of a request body: bounded, received within the memory that there is, and decoded (RFC 9110, section 8.4).

use std::io::{self, Read};

use flate2::bufread::MultiGzDecoder;
use http_body_util::{BodyExt, combinators::BoxBody};
use poem::http::{HeaderMap, header};

use super::{
    Rejection,
    memory::{BodyShare, FREE_BYTES},
};

/// The largest body that is read, bytes, as sent and as decoded. Source: Graph, "use the API": 4 MB.
pub(super) const MAX_BODY_BYTES: usize = 4_000_000;

/// The codings that are understood, for `Accept-Encoding`.
pub const UNDERSTOOD_CODINGS: &str = "gzip, identity";

/// A small body asks for memory so much at a time.
const STEP_BYTES: usize = 4 * 1_024;

/// How a body is written down.
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

    /// How much larger than what is sent that may be which is read, bytes.
    fn growth(self) -> usize {
        match self {
            Self::Identity => 0,
            Self::Gzip => MAX_BODY_BYTES,
        }
    }

    /// # Errors
    /// A body that is not what its coding says, or too large once decoded; one that finds no memory.
    pub(super) async fn decode(
        self,
        sent: Vec<u8>,
        memory: &BodyShare,
    ) -> Result<Vec<u8>, Rejection> {
        match self {
            Self::Identity => Ok(sent),
            Self::Gzip => {
                // Most are small, and then need no more memory.
                let small = inflate(&sent, FREE_BYTES)?;
                if small.len() <= FREE_BYTES {
                    return Ok(small);
                }
                drop(small);
                memory.hold(sent.len() + self.growth()).await?;
                let bytes = inflate(&sent, MAX_BODY_BYTES)?;
                if bytes.len() > MAX_BODY_BYTES {
                    return Err(too_large());
                }
                Ok(bytes)
            }
        }
    }
}

/// As much as `most`, and one byte more if there is more: whatever it would grow to.
fn inflate(gzip: &[u8], most: usize) -> Result<Vec<u8>, Rejection> {
    let mut bytes = Vec::new();
    let mut decoder = MultiGzDecoder::new(gzip).take(most as u64 + 1);
    match decoder.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err(Rejection::BodyUndecodable),
    }
}

/// Reads a body to its end, as it was sent.
///
/// # Errors
/// A body that is too large, too slow or cut off, or that finds no memory.
pub(super) async fn receive(
    body: poem::Body,
    coding: Coding,
    memory: &BodyShare,
) -> Result<Vec<u8>, Rejection> {
    let mut body: BoxBody<_, io::Error> = body.into();
    let hint = http_body::Body::size_hint(&body);
    if hint.lower() > MAX_BODY_BYTES as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| unread(&error))?.into_data() else {
            continue; // trailers
        };
        let needed = bytes.len() + data.len();
        if needed > MAX_BODY_BYTES {
            return Err(too_large());
        }
        if needed > memory.bytes() {
            if needed <= FREE_BYTES {
                memory.hold(needed.next_multiple_of(STEP_BYTES)).await?;
            } else {
                let whole = hint.exact().map_or(MAX_BODY_BYTES, |bytes| {
                    usize::try_from(bytes).unwrap_or(MAX_BODY_BYTES)
                });
                memory.hold(whole + coding.growth()).await?;
                bytes.reserve_exact(whole.saturating_sub(bytes.len()));
            }
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn too_large() -> Rejection {
    Rejection::BodyTooLarge {
        limit_bytes: MAX_BODY_BYTES,
    }
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
    use futures_util::stream;
    use std::io::Write;

    use super::super::memory::{BodyMemory, PATIENCE};
    use super::*;

    fn streamed(pieces: Vec<io::Result<Vec<u8>>>) -> poem::Body {
        poem::Body::from_bytes_stream(stream::iter(pieces))
    }

    async fn receive_alone(body: poem::Body) -> Result<Vec<u8>, Rejection> {
        receive(body, Coding::Identity, &BodyMemory::new(0).share(None)).await
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    async fn decoded(bytes: Vec<u8>) -> Result<Vec<u8>, Rejection> {
        let memory = BodyMemory::new(0).share(None);
        Coding::Gzip.decode(bytes, &memory).await
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
            (FREE_BYTES, true),
            (FREE_BYTES + 1, true),
            (MAX_BODY_BYTES, true),
            (MAX_BODY_BYTES + 1, false),
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

    #[tokio::test(start_paused = true)]
    async fn large_bodies_wait_for_memory_and_small_ones_do_not() {
        let memory = BodyMemory::new(0);
        let plain = || vec![b'x'; MAX_BODY_BYTES];
        // A few bytes that are decoded to many.
        let packed = || gzip(&plain());
        let read = async |bytes: Vec<u8>, coding: Coding| {
            let share = memory.share(None);
            let sent = receive(bytes.into(), coding, &share).await?;
            coding.decode(sent, &share).await?;
            Ok::<_, Rejection>(share)
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
        let small = vec![b'x'; FREE_BYTES - 1];
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
        let share = BodyMemory::new(0).share(None);
        let sent = receive(vec![0; MAX_BODY_BYTES].into(), Coding::Gzip, &share).await;
        assert!(sent.is_ok());
        assert!(share.bytes() >= 2 * MAX_BODY_BYTES, "{}", share.bytes());
    }

    #[tokio::test]
    async fn gzip_is_decoded_within_the_limit() {
        assert_eq!(decoded(gzip(b"{}")).await, Ok(b"{}".to_vec()));
        // RFC 1952, section 2.2: members follow one another.
        assert_eq!(
            decoded([gzip(b"{"), gzip(b"}")].concat()).await,
            Ok(b"{}".to_vec())
        );
        let largest = decoded(gzip(&vec![0; MAX_BODY_BYTES])).await;
        assert_eq!(largest.map(|bytes| bytes.len()), Ok(MAX_BODY_BYTES));
        let bomb = gzip(&vec![0; 20 * MAX_BODY_BYTES]);
        assert!(bomb.len() < FREE_BYTES * 2);
        assert_eq!(decoded(bomb).await, Err(too_large()));
    }

    #[tokio::test]
    async fn what_is_not_gzip_is_refused() {
        let whole = gzip(b"{\"id\":\"contosohr\"}");
        let mut wrong_sum = whole.clone();
        let sum = wrong_sum.len() - 6;
        wrong_sum[sum] ^= 1;
        let cut = whole[..whole.len() - 9].to_vec();
        for bytes in [b"{}".to_vec(), cut, wrong_sum] {
            assert_eq!(decoded(bytes).await, Err(Rejection::BodyUndecodable));
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
