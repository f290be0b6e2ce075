//! The matrix of refusals: shape, key, claims and times. One file, because every case starts from the same good token.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::*;
use crate::{
    auth::{
        testing::{changed, claims, header, issuer},
        token::{PERSONAL_TENANT, Permissions},
    },
    domain::{
        clock::testing::{NOW_S, TestClock},
        principal::{GroupId, UserId},
    },
};

fn authenticator() -> Authenticator {
    Authenticator::new(vec![issuer().trusted()], TestClock::new())
}

fn sign(header: &Value, claims: &Value) -> String {
    issuer().sign(&header.to_string(), &claims.to_string())
}

fn with_claims(changes: &Value) -> Result<Arc<Token>, TokenError> {
    authenticator().authenticate_now(&sign(&header(), &changed(claims(), changes)))
}

fn with_header(changes: &Value) -> Result<Arc<Token>, TokenError> {
    authenticator().authenticate_now(&sign(&changed(header(), changes), &claims()))
}

fn encoded(part: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(part)
}

#[test]
fn good_tokens_authenticate() {
    let token = authenticator().authenticate_now(&issuer().token(&claims()));
    let token = token.expect("verified");
    assert_eq!(token.tenant.as_str(), "contoso");
    assert_eq!(token.app.as_str(), "app");
    assert!(!token.personal);
    assert_eq!(token.permissions, Permissions::AppOnly(vec!["P".into()]));
}

#[test]
fn what_is_no_compact_jws_is_malformed() {
    let good = sign(&header(), &claims());
    let parts: Vec<&str> = good.split('.').collect();
    let (h, c, s) = (parts[0], parts[1], parts[2]);
    assert_eq!(authenticator().authenticate_now(""), Err(TokenError::Empty));
    for bad in [
        " ".to_owned(),
        "x".into(),
        "..".into(),
        "{}".into(),
        format!("{h}.{c}"),
        format!("{h}.{c}.{s}.{s}"),
        format!(" {good}"),
        format!("{h}=.{c}.{s}"),
        format!("{h}.{c}=.{s}"),
        format!("{h}.{}.{s}", encoded("[]")),
        format!("{h}.{}.{s}", encoded("{")),
        format!("{h}.{}.{s}", encoded([b'{', 0xff, b'}'])),
        format!("{}.{c}.{s}", encoded("\"RS256\"")),
        format!("{}.{c}.{s}", encoded(r#"{"alg":"RS256","alg":"none"}"#)),
        "a.".repeat(4_000),
        "x".repeat(MAX_TOKEN_BYTES + 1),
        good.clone() + &"A".repeat(MAX_TOKEN_BYTES),
    ] {
        let refused = authenticator().authenticate_now(&bad);
        assert!(
            matches!(refused, Err(TokenError::Malformed(_))),
            "{bad:.80} {refused:?}"
        );
    }
}

#[test]
fn a_token_of_exactly_the_limit_is_read() {
    let sized = |filler: usize| {
        let claims = changed(claims(), &json!({ "filler": "x".repeat(filler) }));
        sign(&header(), &claims)
    };
    // Base64 makes four characters of three bytes, so not every length can be had.
    let room = (MAX_TOKEN_BYTES - sized(0).len()) * 3 / 4;
    let lengths = (room - 3..=room + 3).map(sized);
    let (short, long): (Vec<_>, Vec<_>) = lengths.partition(|t| t.len() <= MAX_TOKEN_BYTES);
    let longest = short.last().expect("a token that fits");
    assert!(longest.len() >= MAX_TOKEN_BYTES - 2);
    assert!(authenticator().authenticate_now(longest).is_ok());
    let refused = authenticator().authenticate_now(&long[0]);
    assert!(matches!(refused, Err(TokenError::Malformed(_))));
}

#[test]
fn every_single_changed_character_is_refused() {
    let good = sign(&header(), &claims());
    let authenticator = authenticator();
    assert!(authenticator.authenticate_now(&good).is_ok());
    for at in 0..good.len() {
        for flip in [0x01, 0x02, 0x04, 0x20] {
            let mut bytes = good.clone().into_bytes();
            bytes[at] ^= flip;
            let bad = String::from_utf8(bytes).expect("ASCII");
            assert!(authenticator.authenticate_now(&bad).is_err(), "{at} {flip}");
        }
    }
}

#[test]
fn every_truncation_is_refused() {
    let good = sign(&header(), &claims());
    let authenticator = authenticator();
    for length in 0..good.len() {
        assert!(authenticator.authenticate_now(&good[..length]).is_err());
        assert!(authenticator.authenticate_now(&good[length + 1..]).is_err());
    }
}

#[test]
fn only_the_key_and_algorithm_of_the_issuer_count() {
    for changes in [
        json!({"alg": null}),
        json!({"alg": "none"}),
        json!({"alg": "None"}),
        json!({"alg": "rs256"}),
        json!({"alg": "RS384"}),
        json!({"alg": "PS256"}),
        json!({"alg": "HS256"}),
        json!({"alg": "ES256"}),
        json!({"alg": ["RS256"]}),
        json!({"kid": null}),
        json!({"kid": ""}),
        json!({"kid": "other"}),
        json!({"kid": 1}),
        json!({"kid": "../../etc/passwd"}),
        json!({"jku": "https://evil.example/keys"}),
        json!({"jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}),
        json!({"x5u": "https://evil.example/cert"}),
        json!({"x5c": ["AAAA"]}),
        json!({"crit": ["exp"], "exp": 1}),
        json!({"crit": []}),
    ] {
        let refused = with_header(&changes);
        assert!(
            matches!(refused, Err(TokenError::Signature(_))),
            "{changes} {refused:?}"
        );
    }
    for typ in [json!("JWE"), json!("dpop+jwt"), json!(""), json!(1)] {
        let refused = with_header(&json!({ "typ": typ }));
        assert!(matches!(refused, Err(TokenError::Malformed(_))), "{typ}");
    }
    for changes in [
        json!({"typ": null}),
        json!({"typ": "at+jwt"}),
        json!({"typ": "jwt"}),
        json!({"x5t": "t", "nonce": "n"}),
    ] {
        assert!(with_header(&changes).is_ok(), "{changes}");
    }
}

#[test]
fn unsigned_and_symmetrically_signed_tokens_are_refused() {
    use jsonwebtoken::{Algorithm, EncodingKey, crypto, jwk::AlgorithmParameters};

    let unsigned = |alg: &str| {
        let header = changed(header(), &json!({ "alg": alg }));
        format!(
            "{}.{}",
            encoded(header.to_string()),
            encoded(claims().to_string())
        )
    };
    let key_set = issuer().key_set();
    let AlgorithmParameters::RSA(public) = &key_set.keys[0].algorithm else {
        panic!("not an RSA key");
    };
    let as_json = json!(key_set.keys[0]).to_string();
    for secret in [public.n.as_bytes(), as_json.as_bytes(), b""] {
        for (alg, algorithm) in [("HS256", Algorithm::HS256), ("RS256", Algorithm::HS256)] {
            let message = unsigned(alg);
            let key = EncodingKey::from_secret(secret);
            let signature = crypto::sign(message.as_bytes(), &key, algorithm).expect("a MAC");
            let refused = authenticator().authenticate_now(&format!("{message}.{signature}"));
            assert!(matches!(refused, Err(TokenError::Signature(_))), "{alg}");
        }
    }
    for alg in ["none", "NONE", "RS256"] {
        let refused = authenticator().authenticate_now(&format!("{}.", unsigned(alg)));
        assert!(matches!(refused, Err(TokenError::Signature(_))), "{alg}");
    }
}

#[test]
fn issuer_must_be_trusted_for_the_tenant() {
    for changes in [
        json!({"iss": "http://127.0.0.1:8080/other/v2.0"}),
        json!({"tid": "other"}),
        json!({"iss": "http://127.0.0.1:8080/contoso/v2.0/"}),
        json!({"iss": "HTTP://127.0.0.1:8080/contoso/v2.0"}),
        json!({"iss": "https://login.microsoftonline.com/contoso/v2.0"}),
        json!({"iss": ""}),
    ] {
        assert_eq!(with_claims(&changes), Err(TokenError::Issuer), "{changes}");
    }
    let nobody = Authenticator::new(vec![], TestClock::new());
    let refused = nobody.authenticate_now(&sign(&header(), &claims()));
    assert_eq!(refused, Err(TokenError::Issuer));
}

#[test]
fn audience_must_be_graph() {
    for aud in [
        json!("https://graph.microsoft.com"),
        json!("https://graph.microsoft.com/"),
        json!("00000003-0000-0000-c000-000000000000"),
        json!(["other", "https://graph.microsoft.com"]),
    ] {
        assert!(with_claims(&json!({ "aud": aud })).is_ok(), "{aud}");
    }
    for aud in [
        json!(""),
        json!("https://graph.microsoft.com//"),
        json!("https://graph.microsoft.com.evil.example"),
        json!("00000002-0000-0000-c000-000000000000"),
        json!([]),
        json!(["other"]),
    ] {
        let refused = with_claims(&json!({ "aud": aud }));
        assert!(
            matches!(refused, Err(TokenError::Audience { .. })),
            "{aud} {refused:?}"
        );
    }
}

#[test]
fn missing_and_ill_typed_claims_are_refused_by_name() {
    for (changes, claim) in [
        (json!({"aud": null}), "aud"),
        (json!({"aud": 1}), "aud"),
        (json!({"aud": ["https://graph.microsoft.com", 1]}), "aud"),
        (json!({"iss": null}), "iss"),
        (
            json!({"iss": ["http://127.0.0.1:8080/contoso/v2.0"]}),
            "iss",
        ),
        (json!({"exp": null}), "exp"),
        (json!({"exp": (NOW_S + 3600).to_string()}), "exp"),
        (json!({"exp": 1_800_000_000.0}), "exp"),
        (json!({"exp": true}), "exp"),
        (json!({"exp": u64::MAX}), "exp"),
        (json!({"nbf": NOW_S.to_string()}), "nbf"),
        (json!({"nbf": 0.5}), "nbf"),
        (json!({"nbf": []}), "nbf"),
        (json!({"tid": null}), "tid"),
        (json!({"tid": ""}), "tid"),
        (json!({"tid": 1}), "tid"),
        (json!({"tid": "a/b"}), "tid"),
        (json!({"tid": "t".repeat(65)}), "tid"),
        (json!({"appid": null}), "appid"),
        (json!({"appid": ""}), "appid"),
        (json!({"appid": "a".repeat(65)}), "appid"),
        (json!({"azp": 1}), "azp"),
        (json!({"azp": "other"}), "azp"),
        (json!({"roles": null}), "scp"),
        (json!({"roles": "P"}), "roles"),
        (json!({"roles": ["P", 1]}), "roles"),
        (json!({"scp": ["P"]}), "scp"),
        (json!({"scope": ["P"]}), "scope"),
        (json!({"appid": null, "client_id": "a b"}), "client_id"),
        (json!({"scp": "P", "idtyp": "app"}), "scp"),
        (json!({"idtyp": "user"}), "scp"),
        (json!({"idtyp": 1}), "idtyp"),
        (json!({"oid": 1}), "oid"),
        (json!({"oid": "a b"}), "oid"),
        (json!({"groups": "g"}), "groups"),
        (json!({"groups": {"g": 1}}), "groups"),
        (json!({"groups": ["g", 1]}), "groups"),
        (json!({"acct": "x"}), "acct"),
        (json!({"acct": "1"}), "acct"),
        (json!({"acct": true}), "acct"),
        (json!({"acct": 1.0}), "acct"),
        (json!({"acct": 2}), "acct"),
        (json!({"acct": -1}), "acct"),
        (json!({"acct": [1]}), "acct"),
        (json!({"acct": 1, "upn": 1}), "upn"),
        (json!({"preferred_username": ["u"]}), "preferred_username"),
        (json!({"upn": "u", "unique_name": {}}), "unique_name"),
    ] {
        match with_claims(&changes) {
            Err(TokenError::Claim { name, .. }) => assert_eq!(name, claim, "{changes}"),
            other => panic!("{changes}: {other:?}"),
        }
    }
    // JSON's null is not absence.
    for name in [
        "exp", "nbf", "tid", "appid", "azp", "roles", "scp", "idtyp", "oid", "groups", "acct",
        "upn",
    ] {
        let mut claims = claims();
        claims[name] = Value::Null;
        let refused = authenticator().authenticate_now(&sign(&header(), &claims));
        assert!(matches!(refused, Err(TokenError::Claim { .. })), "{name}");
    }
}

#[test]
fn repeated_claims_are_refused_even_when_signed() {
    for repeated in [
        "\"tid\":\"contoso\"",
        "\"exp\":9999999999",
        "\"roles\":[]",
        "\"t\\u0069d\":\"other\"",
    ] {
        let claims = claims().to_string();
        let doubled = format!("{{{repeated},{}", &claims[1..]);
        let refused =
            authenticator().authenticate_now(&issuer().sign(&header().to_string(), &doubled));
        assert!(
            matches!(refused, Err(TokenError::Malformed(_))),
            "{repeated}"
        );
    }
}

#[test]
fn kinds_of_token_are_told_apart() {
    let app_only = |names: &[&str]| {
        Permissions::AppOnly(names.iter().map(|name| (*name).to_owned()).collect())
    };
    let delegated = |names: &[&str]| {
        Permissions::Delegated(names.iter().map(|name| (*name).to_owned()).collect())
    };
    for (changes, expected) in [
        (json!({}), app_only(&["P"])),
        (json!({"roles": []}), app_only(&[])),
        (json!({"idtyp": "app"}), app_only(&["P"])),
        (json!({"idtyp": "app", "roles": null}), app_only(&[])),
        (json!({"scp": "A B"}), delegated(&["A", "B"])),
        (json!({"scp": "A", "idtyp": "user"}), delegated(&["A"])),
        (json!({"scp": ""}), delegated(&[])),
        // RFC 9068 section 2.2.3.
        (json!({"scope": "A B"}), delegated(&["A", "B"])),
        (json!({"scope": "A", "scp": "B"}), delegated(&["B"])),
        (json!({"scope": "A", "idtyp": "app"}), app_only(&["P"])),
    ] {
        let token = with_claims(&changes).expect("verified");
        assert_eq!(token.permissions, expected, "{changes}");
    }
}

#[test]
fn user_and_groups_are_those_of_the_token() {
    let user = |oid: &str| Some(UserId::new(oid));
    let groups = |names: &[&str]| Some(names.iter().map(|name| GroupId::new(name)).collect());
    for (changes, expected) in [
        (json!({"scp": "A"}), (None, None)),
        (json!({"scp": "A", "oid": "U1"}), (user("u1"), None)),
        // Of an application, it is the application's own.
        (json!({"oid": "u1"}), (None, None)),
        (
            json!({"scp": "A", "oid": "u1", "groups": ["G1", "/hr/\u{212a}"]}),
            (user("u1"), groups(&["g1", "/hr/\u{212a}"])),
        ),
        (json!({"groups": []}), (None, groups(&[]))),
        // Overage: what the token says of groups is not all, and where it says to ask is not asked.
        (
            json!({
                "scp": "A",
                "_claim_names": {"groups": "src1"},
                "_claim_sources": {"src1": {"endpoint": "http://127.0.0.1:1/groups"}},
            }),
            (None, None),
        ),
        (
            json!({"groups": ["g1"], "_claim_names": {"groups": "src1"}}),
            (None, None),
        ),
        (json!({"groups": ["g1"], "hasgroups": true}), (None, None)),
        (
            json!({"groups": ["g1"], "_claim_names": {"other": "src1"}}),
            (None, groups(&["g1"])),
        ),
    ] {
        let token = with_claims(&changes).expect("verified");
        assert_eq!(
            (token.user.clone(), token.groups.clone()),
            expected,
            "{changes}"
        );
    }
}

#[test]
fn guests_are_told_by_acct_and_else_by_their_name() {
    // As Entra names bob@fabrikam.com in the tenant contoso.
    let guest = "bob_fabrikam.com#EXT#@contoso.onmicrosoft.com";
    let member = "amy@contoso.com";
    for (changes, expected) in [
        (json!({}), false),
        (json!({"acct": 0}), false),
        (json!({"acct": 1}), true),
        (json!({"upn": member}), false),
        (json!({"upn": guest}), true),
        (json!({"upn": guest.to_lowercase()}), true),
        (json!({"upn": "b#eXt#@c"}), true),
        (json!({"upn": "b_EXT_@contoso.com"}), false),
        (json!({"upn": ""}), false),
        (json!({"preferred_username": guest}), true),
        (json!({"upn": "", "preferred_username": guest}), true),
        (json!({"unique_name": guest}), true),
        (
            json!({"upn": member, "preferred_username": guest, "unique_name": guest}),
            false,
        ),
        (
            json!({"preferred_username": guest, "unique_name": member}),
            true,
        ),
        // A member whose account is in another tenant.
        (json!({"acct": 0, "upn": guest}), false),
        (json!({"acct": 1, "upn": member}), true),
        // An application is nobody's guest.
        (json!({"scp": null, "acct": 1, "upn": guest}), false),
    ] {
        let changes = changed(json!({ "scp": "A" }), &changes);
        let token = with_claims(&changes).expect("verified");
        assert_eq!(token.is_guest, expected, "{changes}");
    }
}

#[test]
fn app_is_appid_azp_or_client_id_in_lower_case() {
    for changes in [
        json!({"appid": "APP"}),
        json!({"appid": null, "azp": "App"}),
        json!({"azp": "app"}),
        json!({"appid": null, "client_id": "App"}),
        json!({"client_id": "other"}),
    ] {
        let token = with_claims(&changes).expect("verified");
        assert_eq!(token.app.as_str(), "app", "{changes}");
    }
}

#[test]
fn personal_accounts_are_marked() {
    let tid = PERSONAL_TENANT.to_uppercase();
    let iss = format!("http://127.0.0.1:8080/{tid}/v2.0");
    let token = with_claims(&json!({ "tid": tid, "iss": iss, "scp": "A" })).expect("verified");
    assert!(token.personal);
}

#[test]
fn times_have_a_leeway_of_a_minute() {
    for (exp, accepted) in [
        (3600, true),
        (1, true),
        (0, true),
        (-59, true),
        (-60, false),
        (-61, false),
        (-3600, false),
    ] {
        let outcome = with_claims(&json!({ "exp": NOW_S + exp }));
        if accepted {
            assert!(outcome.is_ok(), "{exp} {outcome:?}");
        } else {
            let ago_s = u64::try_from(-exp).expect("past");
            assert_eq!(outcome, Err(TokenError::Expired { ago_s }));
        }
    }
    for (nbf, accepted) in [
        (-3600, true),
        (0, true),
        (59, true),
        (60, true),
        (61, false),
        (3600, false),
    ] {
        let outcome = with_claims(&json!({ "nbf": NOW_S + nbf }));
        if accepted {
            assert!(outcome.is_ok(), "{nbf} {outcome:?}");
        } else {
            let in_s = u64::try_from(nbf).expect("ahead");
            assert_eq!(outcome, Err(TokenError::NotYetValid { in_s }));
        }
    }
    assert!(with_claims(&json!({ "nbf": null })).is_ok());
    for extreme in [i64::MIN, -1, 0] {
        assert!(with_claims(&json!({ "exp": extreme })).is_err());
        assert!(with_claims(&json!({ "nbf": extreme })).is_ok());
    }
    assert!(with_claims(&json!({ "exp": i64::MAX })).is_ok());
    assert!(with_claims(&json!({ "nbf": i64::MAX })).is_err());
}

#[test]
fn remembered_tokens_still_expire() {
    let clock = TestClock::new();
    let authenticator = Authenticator::new(vec![issuer().trusted()], clock.clone());
    let bearer = sign(&header(), &claims());
    let first = authenticator.authenticate_now(&bearer).expect("verified");
    let second = authenticator.authenticate_now(&bearer).expect("remembered");
    assert!(Arc::ptr_eq(&first, &second));

    clock.set(NOW_S + 3600 + 59);
    assert!(authenticator.authenticate_now(&bearer).is_ok());
    clock.set(NOW_S + 3600 + 60);
    let refused = authenticator.authenticate_now(&bearer);
    assert_eq!(refused, Err(TokenError::Expired { ago_s: 60 }));
}

#[test]
fn no_refusal_repeats_the_token() {
    let canary = "c4n4ry";
    for changes in [
        json!({"tid": format!("{canary}/")}),
        json!({"iss": canary}),
        json!({"aud": canary}),
        json!({"exp": canary}),
        json!({"azp": canary}),
        json!({"idtyp": canary}),
        json!({"acct": canary}),
        json!({"upn": [canary]}),
    ] {
        let refusal = with_claims(&changes).expect_err("refused");
        for text in [
            refusal.detail(),
            refusal.message().to_owned(),
            format!("{refusal:?}"),
        ] {
            assert!(!text.contains(canary), "{text}");
        }
    }
}

/// What is remembered of a token with these permissions and groups.
fn verified(permissions: Vec<String>, groups: &[&str]) -> Verified {
    let good = authenticator().authenticate_now(&sign(&header(), &claims()));
    Verified {
        token: Arc::new(Token {
            permissions: Permissions::AppOnly(permissions),
            groups: Some(groups.iter().map(|group| GroupId::new(group)).collect()),
            ..Token::clone(&good.expect("good"))
        }),
        key: issuer().trusted().keys.now()[0].clone(),
    }
}

#[test]
fn remembered_token_weighs_what_it_holds() {
    let weight = |permissions| Memory.weight(&sha256(""), &verified(permissions, &[]));
    let permission = "ExternalConnection.Read.All".to_owned();
    let one = (size_of::<String>() + permission.len()) as u64;
    assert_eq!(
        weight(vec![permission; 200]),
        REMEMBERED_TOKEN_BYTES as u64 + 200 * one
    );
    let groups = verified(vec![], &["0123456789"; 100]);
    assert_eq!(
        Memory.weight(&sha256(""), &groups),
        (REMEMBERED_TOKEN_BYTES + 100 * (size_of::<GroupId>() + 10)) as u64
    );
    assert!(weight(vec![]) >= (size_of::<TokenDigest>() + size_of::<Token>()) as u64);
}

#[test]
fn memory_of_remembered_tokens_is_bounded() {
    let authenticator = authenticator();
    let large = verified(vec!["p".repeat(40); 100], &["g".repeat(36).as_str(); 100]);
    let few = (16 << 20) / Memory.weight(&sha256(""), &large);
    for n in 0..3 * few {
        let digest = sha256(&n.to_string());
        authenticator.verified.insert(digest, large.clone());
    }
    assert!(authenticator.verified.weight() <= 16 << 20);
    assert!((authenticator.verified.len() as u64) > few / 2);
}

#[test]
fn tokens_of_ten_thousand_tenants_are_remembered() {
    let authenticator = authenticator();
    let small = verified(vec!["ExternalConnection.ReadWrite.OwnedBy".into()], &[]);
    for n in 0..10_000 {
        let digest = sha256(&n.to_string());
        authenticator.verified.insert(digest, small.clone());
    }
    assert_eq!(authenticator.verified.len(), 10_000);
}

/// Prints what most requests pay; benches/README.md says how to run it.
#[test]
#[ignore = "a measurement"]
fn measure_a_token_seen_before() {
    const TIMES: u32 = 100_000;
    let authenticator = authenticator();
    for permissions in [1, 40] {
        let roles = vec!["ExternalConnection.ReadWrite.OwnedBy"; permissions];
        let token = sign(&header(), &changed(claims(), &json!({ "roles": roles })));
        let first = authenticator.authenticate_now(&token).expect("good");
        let rounds = (0..5).map(|_| {
            let started = std::time::Instant::now();
            for _ in 0..TIMES {
                let again = authenticator.authenticate_now(std::hint::black_box(&token));
                assert!(Arc::ptr_eq(&first, &again.expect("good")));
            }
            started.elapsed() / TIMES
        });
        let best = rounds.min().expect("five rounds");
        println!("token of {} bytes: {best:?}", token.len());
    }
}
