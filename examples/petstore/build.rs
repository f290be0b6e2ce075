use std::{env, error::Error, fs, path::PathBuf, process::exit};

use openapi_contract::{Contract, Settings, Visibility};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=openapi.yaml");
    let document = fs::read_to_string("openapi.yaml")?;
    let contract = Contract::read("openapi.yaml", &document).unwrap_or_else(|problems| {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        exit(1)
    });
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let settings = Settings::default().visibility(Visibility::Public);
    fs::write(out.join("server.rs"), contract.server(&settings))?;
    fs::write(out.join("client.rs"), contract.client("crate::client"))?;
    Ok(())
}
