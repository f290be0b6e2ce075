//! Creates a connection, lists all of them, and deletes one that may not be there.
//!
//! `API_URL` says where the service is, `API_TOKEN` who is calling.

use std::{env, error::Error};

use graph_connections::client::{Client, TryStreamExt};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder(env::var("API_URL")?)
        .bearer(env::var("API_TOKEN")?)
        .build()?;

    client
        .create_connection()
        .body_map(|body| body.id("contosohr".to_owned()).name("Contoso HR"))
        .send()
        .await?;

    let mut connections = client.connections();
    while let Some(connection) = connections.try_next().await? {
        println!("found {}", connection.name.unwrap_or_default());
    }

    let delete = client.delete_connection().connection_id("contosofinance");
    match delete.send().await {
        Ok(_) => println!("deleted contosofinance"),
        Err(error) if error.code() == Some("ItemNotFound") => println!("no contosofinance"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
