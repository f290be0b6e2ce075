//! Signed by the issuer, and still not good here: claims that are missing or of another type, times, parties.

use serde_json::json;

use crate::{
    identity::{
        forge::Forge,
        refusals::{AUDIENCE, EXPIRED, ISSUER, NOT_YET, claim},
    },
    minting::now_s,
};

pub fn missing_claims(forge: &mut Forge) {
    for name in ["aud", "iss", "tid", "appid", "exp", "scp"] {
        for _ in 0..10 {
            let token = forge.signed(&json!({}), json!({ name: null }));
            forge.add("a missing claim", token, &[claim(name, "is missing")]);
        }
    }
}

pub fn ill_typed_claims(forge: &mut Forge) {
    let now_s = now_s();
    for name in ["exp", "nbf"] {
        for seconds in 0..20 {
            let at_s = now_s + 600 + seconds;
            for value in [
                format!("\"{at_s}\""),
                format!("{at_s}.0"),
                format!("{at_s}.5"),
                format!("{}e2", at_s / 100),
                format!("[{at_s}]"),
                format!("{{\"at\":{at_s}}}"),
                format!("{}", u64::MAX - seconds),
                format!("{at_s}0000000000000"),
                "null".into(),
                "true".into(),
            ] {
                let mut claims = forge.claims(json!({}));
                claims[name] = serde_json::from_str(&value).expect("JSON");
                let token = forge
                    .issuer
                    .signed(&forge.header(&json!({})).to_string(), &claims.to_string());
                forge.add(
                    "a time of another type",
                    token,
                    &[claim(name, "must be a whole number of seconds.")],
                );
            }
        }
    }
    for (name, value) in [
        ("iss", json!(1)),
        ("iss", json!(["x"])),
        ("tid", json!(1)),
        ("tid", json!("")),
        ("tid", json!("../contoso")),
        ("tid", json!("t".repeat(65))),
        ("aud", json!(1)),
        ("aud", json!({})),
        ("aud", json!(["https://graph.microsoft.com", 1])),
        ("appid", json!("")),
        ("appid", json!("a b")),
        ("azp", json!("other")),
        ("scp", json!(["P"])),
        ("roles", json!("P")),
        ("idtyp", json!(true)),
    ] {
        for _ in 0..5 {
            let token = forge.signed(&json!({}), json!({ name: value }));
            forge.add("a claim of another type", token, &[claim(name, "must ")]);
        }
    }
}

/// On the sure side of the leeway of a minute: what is past stays past, what is to come is far enough.
pub fn times(forge: &mut Forge) {
    let now_s = i64::try_from(now_s()).expect("seconds");
    for exp in [
        now_s - 60,
        now_s - 61,
        now_s - 3_600,
        now_s - 86_400,
        1,
        0,
        -1,
        i64::MIN,
    ] {
        for _ in 0..5 {
            let token = forge.signed(&json!({}), json!({ "exp": exp }));
            forge.add("expired", token, &[EXPIRED]);
        }
    }
    for nbf in [now_s + 3_600, now_s + 86_400, i64::MAX] {
        for _ in 0..5 {
            let token = forge.signed(&json!({}), json!({ "nbf": nbf }));
            forge.add("not yet valid", token, &[NOT_YET]);
        }
    }
}

/// For another API, of another issuer, or of one that speaks for another tenant.
pub fn other_parties(forge: &mut Forge) {
    for _ in 0..20 {
        let other = forge.random.text();
        let issuer = forge.issuer.name.clone();
        for (claims, why) in [
            (json!({ "aud": other }), AUDIENCE),
            (json!({ "aud": ["a", other] }), AUDIENCE),
            (
                json!({ "aud": format!("https://graph.microsoft.com/{other}") }),
                AUDIENCE,
            ),
            (json!({ "aud": [] }), AUDIENCE),
            (
                json!({ "iss": format!("https://{other}.example/contoso/v2.0") }),
                ISSUER,
            ),
            (json!({ "iss": format!("{issuer}/{other}/v2.0") }), ISSUER),
            (json!({ "iss": format!("{issuer}/contoso/v2.0/") }), ISSUER),
            (json!({ "tid": other }), ISSUER),
        ] {
            let token = forge.signed(&json!({}), claims);
            forge.add("another party", token, &[why]);
        }
    }
}
