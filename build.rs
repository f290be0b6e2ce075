//! `openapi.yaml` becomes, in the build's output directory: the document as JSON, the poem-openapi server interface
//! (feature `server`) and the progenitor client (feature `client`).

use std::{env, error::Error, fs, path::PathBuf, process::exit};

use openapi_contract::Contract;

const DOCUMENT: &str = "openapi.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let contract =
        Contract::read(DOCUMENT, &fs::read_to_string(DOCUMENT)?).unwrap_or_else(|problems| {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            exit(1)
        });
    fs::write(out.join("openapi.json"), contract.json())?;
    #[cfg(feature = "server")]
    {
        // What a connection carries for its consumers; the server keeps it and looks into none of it.
        let settings = ["activitySettings", "searchSettings", "complianceSettings"]
            .into_iter()
            .fold(
                openapi_contract::Settings::default(),
                |settings, property| settings.json_text("ExternalConnection", property),
            );
        fs::write(out.join("server.rs"), contract.server(&settings))?;
    }
    #[cfg(feature = "client")]
    fs::write(out.join("client.rs"), contract.client("crate::client"))?;
    Ok(())
}
