//! How the server reaches an issuer: TLS with the certificates of the machine, and the proxy of the environment.

use std::{
    fs,
    io::Read,
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use serde_json::json;

use super::{
    AUDIENCE, assert_accepted, assert_not_known, list,
    local::{self, Key, LocalIssuer},
};
use crate::harness::Server;

/// A certificate authority of its own, in PEM, and an issuer with a certificate of it.
fn issuer_over_tls(names: &[&str]) -> (String, LocalIssuer) {
    let authority_key = KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = authority.self_signed(&authority_key).expect("signed");
    let authority = Issuer::new(authority, authority_key);

    let key = KeyPair::generate().expect("a key");
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let own = CertificateParams::new(names).expect("names");
    let own = own.signed_by(&key, &authority).expect("signed");
    let chain: Vec<CertificateDer<'static>> = vec![own.der().clone()];
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a certificate");
    let config = Arc::new(config);
    let issuer = LocalIssuer::start_over("https", "/realms/contoso", move |stream, shared| {
        let tls = ServerConnection::new(config.clone()).expect("a connection");
        local::answer(StreamOwned::new(tls, stream), shared);
    });
    (local::pem("CERTIFICATE", certificate.der()), issuer)
}

fn server_trusting(issuer: &str, environment: &[(&str, &str)]) -> Server {
    let data = tempfile::tempdir().expect("a directory");
    let terms = ["--audience", AUDIENCE, "--tenants", "contoso"];
    let arguments = [&["--issuer", issuer], &terms[..]].concat();
    Server::start_in(data, &arguments, environment)
}

#[tokio::test]
async fn issuer_proves_itself_with_a_certificate_that_the_machine_trusts() {
    let files = tempfile::tempdir().expect("a directory");
    let key = Key::ec("k");
    for (name, trusted, accepted) in [
        ("127.0.0.1", true, true),
        ("127.0.0.1", false, false),
        ("other.example", true, false),
    ] {
        let (authority, issuer) = issuer_over_tls(&[name]);
        issuer.publish(&[&key]);
        let (another, _) = issuer_over_tls(&[name]);
        let file = files.path().join("authority.pem");
        fs::write(&file, if trusted { authority } else { another }).expect("written");
        let file = file.to_str().expect("UTF-8");
        // A proxy is not asked about this machine.
        let environment = [
            ("SSL_CERT_FILE", file),
            ("HTTPS_PROXY", "http://127.0.0.1:1"),
        ];
        let server = server_trusting(&issuer.url, &environment);
        let answer = list(&server, &issuer.token(&key, &json!({}))).await;
        if accepted {
            assert_accepted(&answer);
        } else {
            assert_not_known(&answer);
            assert!(server.log().contains("certificate"), "{}", server.log());
            assert_eq!(issuer.key_set_reads(), 0);
        }
    }
}

#[tokio::test]
async fn proxy_of_the_environment_is_used() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = proxy.local_addr().expect("an address");
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = proxy.accept().expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a timeout");
        let mut buffer = [0; 1024];
        let read = stream.read(&mut buffer).expect("a request");
        String::from_utf8_lossy(&buffer[..read]).into_owned()
    });
    let proxy = format!("http://{address}");
    let proxy = proxy.as_str();
    let environment = [
        ("HTTPS_PROXY", proxy),
        ("https_proxy", proxy),
        ("NO_PROXY", ""),
        ("no_proxy", ""),
    ];
    let _server = server_trusting("https://issuer.invalid", &environment);
    let deadline = Instant::now() + Duration::from_secs(30);
    while !asked.is_finished() {
        assert!(Instant::now() < deadline, "the proxy is asked");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let asked = asked.join().expect("no panic");
    assert!(asked.starts_with("CONNECT issuer.invalid:443 "), "{asked}");
}
