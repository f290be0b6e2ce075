//! Texts that are not what was signed, or nothing that can be read.

use serde_json::json;

use super::good;
use crate::{
    identity::{
        forge::Forge,
        refusals::{
            ALGORITHM, CLAIMS, HEADER, ISSUER, NO_KEY, PARTS, SIGNATURE, TOO_LONG, TYP, claim,
        },
    },
    minting::encoded,
};

/// The signature of one token under another.
pub fn swapped(forge: &mut Forge) {
    let (_, signature) = good(forge);
    for _ in 0..200 {
        let token = forge.unsigned(&json!({}), &signature);
        forge.add("swapped", token, &[SIGNATURE]);
    }
}

/// A good token up to each of its characters, and from each on.
pub fn truncated(forge: &mut Forge) {
    let (message, signature) = good(forge);
    let token = format!("{message}.{signature}");
    let header = message.find('.').expect("two parts");
    for length in 1..token.len() {
        let why = if length <= message.len() {
            PARTS
        } else {
            SIGNATURE
        };
        forge.add("cut at the end", token[..length].to_owned(), &[why]);
        let why = if length <= header { HEADER } else { PARTS };
        forge.add("cut at the beginning", token[length..].to_owned(), &[why]);
    }
}

/// A good token with single bits changed: three in each character, none of which makes it a dot. Other than graphic
/// characters cannot be sent in a header as they are.
pub fn flipped(forge: &mut Forge) {
    let (message, signature) = good(forge);
    let token = format!("{message}.{signature}");
    let header = message.find('.').expect("two parts");
    // What a changed header or claim says is looked at before the signature.
    let (tid, iss) = (claim("tid", ""), claim("iss", ""));
    for at in 0..token.len() {
        let whys: &[_] = match at {
            _ if token.as_bytes()[at] == b'.' => &[PARTS],
            _ if at < header => &[HEADER, TYP, NO_KEY, ALGORITHM, SIGNATURE],
            _ if at < message.len() => &[CLAIMS, tid.clone(), iss.clone(), ISSUER, SIGNATURE],
            _ => &[SIGNATURE],
        };
        for bit in [0x01, 0x04, 0x10] {
            let mut bytes = token.clone().into_bytes();
            bytes[at] ^= bit;
            if !bytes[at].is_ascii_graphic() {
                continue;
            }
            let token = String::from_utf8(bytes).expect("ASCII");
            forge.add("a bit changed", token, whys);
        }
    }
}

pub fn oversize(forge: &mut Forge) {
    for filler in (48_000..52_000).step_by(50) {
        let token = forge.signed(&json!({}), json!({ "filler": "x".repeat(filler) }));
        if token.len() > 65_536 {
            forge.add("oversize", token, &[TOO_LONG]);
        }
    }
    forge.add("oversize", "a.".repeat(32_769), &[TOO_LONG]);
}

/// Readers differ on which of two members counts, so neither does, signed or not. Source: RFC 7519 section 4.
pub fn repeated_members(forge: &mut Forge) {
    for name in ["aud", "iss", "tid", "appid", "nbf", "exp", "scp", "uti"] {
        for _ in 0..4 {
            let header = forge.header(&json!({})).to_string();
            let claims = forge.claims(json!({}));
            let escaped = format!("\\u{:04x}{}", name.as_bytes()[0], &name[1..]);
            let (text, value) = (claims.to_string(), &claims[name]);
            for doubled in [
                format!("{{\"{name}\":{value},{}", &text[1..]),
                format!("{},\"{name}\":{value}}}", &text[..text.len() - 1]),
                format!("{{\"{name}\":0,{}", &text[1..]),
                format!("{{\"{escaped}\":{value},{}", &text[1..]),
            ] {
                let token = forge.issuer.signed(&header, &doubled);
                forge.add("a repeated claim", token, &[CLAIMS]);
            }
        }
    }
    for name in ["alg", "kid", "typ"] {
        let header = forge.header(&json!({}));
        for value in [header[name].clone(), json!("none")] {
            let doubled = format!("{{\"{name}\":{value},{}", &header.to_string()[1..]);
            let claims = forge.claims(json!({})).to_string();
            forge.add(
                "a repeated header",
                forge.issuer.signed(&doubled, &claims),
                &[HEADER],
            );
        }
    }
}

pub fn garbage(forge: &mut Forge) {
    let header = encoded(forge.header(&json!({})).to_string());
    for size in 1..100 {
        let noise = encoded(forge.random.bytes(size));
        forge.add("noise", noise.clone(), &[PARTS]);
        forge.add(
            "noise",
            format!("{noise}.{noise}.{noise}.{noise}.{noise}"),
            &[PARTS],
        );
        forge.add("noise", format!("{noise}.{noise}.{noise}"), &[HEADER]);
        forge.add("noise", format!("{header}.{noise}.{noise}"), &[CLAIMS]);
    }
    let (message, signature) = good(forge);
    let (_, claims) = message.split_once('.').expect("two parts");
    for json in [
        "",
        "null",
        "[]",
        "\"RS256\"",
        "1",
        "{",
        "{}{}",
        "{\"alg\":\"RS256\"}x",
    ] {
        let json = encoded(json);
        forge.add(
            "no object",
            format!("{json}.{claims}.{signature}"),
            &[HEADER],
        );
        forge.add(
            "no object",
            format!("{header}.{json}.{signature}"),
            &[CLAIMS],
        );
    }
    // Base64 is read in one way: without padding, in the alphabet for URLs.
    forge.add(
        "padding",
        format!("{header}=.{claims}.{signature}"),
        &[HEADER],
    );
    forge.add("padding", format!("{message}=.{signature}"), &[CLAIMS]);
    forge.add("padding", format!("{message}.{signature}=="), &[SIGNATURE]);
    forge.add(
        "another alphabet",
        format!(
            "{message}.{}",
            signature.replace('-', "+").replace('_', "/")
        ),
        &[SIGNATURE],
    );
}
