//! The bytes of a request body: bounded for each request and for all of them together, and decoded (RFC 9110, section 8.4).

use std::{
    io::{self, Read},
    sync::Arc,
    time::Duration,
};

use flate2::bufread::MultiGzDecoder;
use http_body_util::{BodyExt, combinators::BoxBody};
use poem::http::{HeaderMap, header};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::Rejection;

/// The largest body that is read, bytes, as sent and as decoded. Source: Graph, "use the API": 4 MB.
pub(super) const MAX_BODY_BYTES: usize = 4_000_000;

/// As much of each body is read without asking for memory: nearly all bodies are smaller.
const FREE_BYTES: usize = 64 * 1_024;
/// How long a body waits for others to make room.
const MEMORY_PATIENCE: Duration = Duration::from_secs(30);
/// What one permit stands for.
const PERMIT_BYTES: usize = 1_024;

/// What the bodies that are being read may take together, apart from the first 64 KiB of each.
#[derive(Debug, Clone)]
pub(crate) struct BodyMemory(Arc<Semaphore>);

impl BodyMemory {
    /// Never less than one body needs, or none could be read.
    pub(crate) fn new(bytes: usize) -> Self {
        let bytes = bytes.max(MAX_BODY_BYTES);
        Self(Arc::new(Semaphore::new(bytes.div_ceil(PERMIT_BYTES))))
    }

    /// All that a body may still need, at once: two bodies that each hold a half of what both need would wait for ever.
    async fn hold(&self, bytes: usize) -> Result<OwnedSemaphorePermit, Rejection> {
        let permits = u32::try_from(bytes.div_ceil(PERMIT_BYTES)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.0).acquire_many_owned(permits);
        match timeout(MEMORY_PATIENCE, permit).await {
            Ok(permit) => Ok(permit.expect("nobody closes the semaphore")),
            Err(_) => Err(Rejection::NoMemory {
                retry_after: MEMORY_PATIENCE,
            }),
        }
    }
}

/// A body in memory, which others may have once this is dropped.
pub(super) struct Held {
    pub(super) bytes: Vec<u8>,
    #[expect(dead_code, reason = "held until it is dropped")]
    memory: Option<OwnedSemaphorePermit>,
}

/// The codings that are understood, for `Accept-Encoding`.
pub(crate) const UNDERSTOOD_CODINGS: &str = "gzip, identity";

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

    /// # Errors
    /// A body that is not what its coding says, or too large once decoded.
    pub(super) fn decode(self, held: Held) -> Result<Held, Rejection> {
        match self {
            Self::Identity => Ok(held),
            Self::Gzip => {
                let mut bytes = Vec::new();
                // One byte more than allowed tells a body that is too large, whatever it would grow to.
                let limit = MAX_BODY_BYTES as u64 + 1;
                let mut decoder = MultiGzDecoder::new(held.bytes.as_slice()).take(limit);
                decoder
                    .read_to_end(&mut bytes)
                    .map_err(|_| Rejection::BodyUndecodable)?;
                if bytes.len() > MAX_BODY_BYTES {
                    return Err(too_large());
                }
                Ok(Held { bytes, ..held })
            }
        }
    }
}

/// Reads a body to its end.
///
/// # Errors
/// A body that is too large, too slow or cut off, or that finds no memory.
pub(super) async fn receive(body: poem::Body, memory: &BodyMemory) -> Result<Held, Rejection> {
    let mut body: BoxBody<_, io::Error> = body.into();
    let hint = http_body::Body::size_hint(&body);
    if hint.lower() > MAX_BODY_BYTES as u64 {
        return Err(too_large());
    }
    let (mut bytes, mut permit) = (Vec::new(), None);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| unread(&error))?.into_data() else {
            continue; // trailers
        };
        let needed = bytes.len() + data.len();
        if needed > MAX_BODY_BYTES {
            return Err(too_large());
        }
        if needed > FREE_BYTES && permit.is_none() {
            let whole = hint.exact().map_or(MAX_BODY_BYTES, |bytes| {
                usize::try_from(bytes).unwrap_or(MAX_BODY_BYTES)
            });
            permit = Some(memory.hold(whole.saturating_sub(FREE_BYTES)).await?);
            bytes.reserve_exact(whole.saturating_sub(bytes.len()));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Held {
        bytes,
        memory: permit,
    })
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

    use super::*;

    fn streamed(pieces: Vec<io::Result<Vec<u8>>>) -> poem::Body {
        poem::Body::from_bytes_stream(stream::iter(pieces))
    }

    async fn receive_alone(body: poem::Body) -> Result<Vec<u8>, Rejection> {
        let held = receive(body, &BodyMemory::new(0)).await?;
        Ok(held.bytes)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn decoded(bytes: Vec<u8>) -> Result<Vec<u8>, Rejection> {
        let held = Held {
            bytes,
            memory: None,
        };
        Coding::Gzip.decode(held).map(|held| held.bytes)
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
        let large = || poem::Body::from(vec![b'x'; MAX_BODY_BYTES]);
        let first = receive(large(), &memory).await.expect("room");
        let refused = receive(large(), &memory).await.err();
        let retry_after = MEMORY_PATIENCE;
        assert_eq!(refused, Some(Rejection::NoMemory { retry_after }));
        let small = receive(vec![b'x'; FREE_BYTES].into(), &memory).await;
        assert!(small.is_ok());
        let later = tokio::spawn({
            let memory = memory.clone();
            async move { receive(large(), &memory).await.is_ok() }
        });
        tokio::time::sleep(MEMORY_PATIENCE / 2).await;
        drop(first);
        assert!(later.await.expect("no panic"));
    }

    #[test]
    fn gzip_is_decoded_within_the_limit() {
        assert_eq!(decoded(gzip(b"{}")), Ok(b"{}".to_vec()));
        // RFC 1952, section 2.2: members follow one another.
        assert_eq!(
            decoded([gzip(b"{"), gzip(b"}")].concat()),
            Ok(b"{}".to_vec())
        );
        let largest = decoded(gzip(&vec![0; MAX_BODY_BYTES]));
        assert_eq!(largest.map(|bytes| bytes.len()), Ok(MAX_BODY_BYTES));
        let bomb = gzip(&vec![0; 20 * MAX_BODY_BYTES]);
        assert!(bomb.len() < FREE_BYTES * 2);
        assert_eq!(decoded(bomb), Err(too_large()));
    }

    #[test]
    fn what_is_not_gzip_is_refused() {
        let whole = gzip(b"{\"id\":\"contosohr\"}");
        let mut wrong_sum = whole.clone();
        let sum = wrong_sum.len() - 6;
        wrong_sum[sum] ^= 1;
        let cut = whole[..whole.len() - 9].to_vec();
        for bytes in [b"{}".to_vec(), cut, wrong_sum] {
            assert_eq!(decoded(bytes), Err(Rejection::BodyUndecodable));
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
