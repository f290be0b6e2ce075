//! Certificates for development: one of the local machine, and the root that signed it and nothing else.
//!
//! The root's key is forgotten as soon as it has signed, so whoever trusts the root trusts this one certificate.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use crate::private_file::{PrivateFileError, replace};

/// Browsers refuse certificates of private roots that live longer than 825 days, and public ones past 398.
const LIFETIME: Duration = Duration::from_hours(397 * 24);
/// Clocks that are behind accept it too.
const BEFORE: Duration = Duration::from_hours(24);

pub(crate) struct Files {
    /// What clients trust.
    pub(crate) root: PathBuf,
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// Writes a new certificate for these DNS names and IP addresses to `dir`; one that is there is replaced.
pub(crate) fn write(
    dir: &Path,
    names: Vec<String>,
    now: SystemTime,
) -> Result<Files, CertificateError> {
    let (not_before, not_after) = ((now - BEFORE).into(), (now + LIFETIME).into());
    let mut root = params("graph-connections development root", Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let mut leaf = params("graph-connections", names)?;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    for params in [&mut root, &mut leaf] {
        (params.not_before, params.not_after) = (not_before, not_after);
    }
    let (root_key, key) = (KeyPair::generate()?, KeyPair::generate()?);
    let root_certificate = root.self_signed(&root_key)?;
    let certificate = leaf.signed_by(&key, &Issuer::new(root, root_key))?;

    let files = Files {
        root: dir.join("development-root.pem"),
        certificate: dir.join("development-certificate.pem"),
        key: dir.join("development-certificate-key.pem"),
    };
    for (path, pem) in [
        (&files.root, root_certificate.pem()),
        (&files.certificate, certificate.pem()),
        (&files.key, key.serialize_pem()),
    ] {
        replace(path, pem.as_bytes())?;
    }
    Ok(files)
}

fn params(name: &str, names: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum CertificateError {
    #[error("cannot make a certificate")]
    Make(#[from] rcgen::Error),
    #[error(transparent)]
    Write(#[from] PrivateFileError),
}
