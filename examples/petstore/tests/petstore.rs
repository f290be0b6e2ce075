//! The server, called by its client.

use petstore::client::{Client, Error, Patch};
use poem::{
    Server,
    listener::{Acceptor, Listener, TcpListener},
};

/// A client of a new store on a free port.
async fn store() -> Client {
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await;
    let acceptor = acceptor.expect("a port is free");
    let address = acceptor.local_addr()[0].as_socket_addr().copied();
    tokio::spawn(Server::new_with_acceptor(acceptor).run(petstore::endpoint()));
    let address = address.expect("an address of the network");
    Client::of(&format!("http://{address}/v1"))
}

#[tokio::test]
async fn pet_is_created_read_updated_and_listed() -> Result<(), Error> {
    let client = store().await;
    let create = client.create_pet();
    let create = create.body_map(|pet| pet.id(1).name("Rex").tag("dog".to_owned()));
    assert_eq!(create.send().await?.into_inner().name, "Rex");

    let update = client.update_pet().id(1);
    update.body_map(|pet| pet.tag(Patch::Null)).send().await?;
    let rex = client.get_pet().id(1).send().await?.into_inner();
    assert_eq!((rex.name.as_str(), rex.tag), ("Rex", None));

    let pets = client.list_pets().limit(10).send().await?.into_inner();
    assert_eq!(pets.len(), 1);
    Ok(())
}

#[tokio::test]
async fn what_breaks_a_rule_is_told() {
    let client = store().await;
    let create = client.create_pet().body_map(|pet| pet.id(1).name(""));
    let Err(Error::ErrorResponse(refused)) = create.send().await else {
        panic!("a name has a character");
    };
    assert_eq!(refused.status(), 400);
    let failure = refused.into_inner();
    let Some([detail]) = failure.details.as_deref() else {
        panic!("{failure:?}");
    };
    assert_eq!(detail.target, "/name");
    assert_eq!(detail.rule, "must be 1 to 40 characters long; it has 0");

    let Err(Error::ErrorResponse(absent)) = client.get_pet().id(7).send().await else {
        panic!("nobody has created it");
    };
    assert_eq!(absent.status(), 404);
    assert_eq!(absent.into_inner().message, "There is no pet 7.");
}
