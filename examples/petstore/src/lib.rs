//! A small API of one's own: `openapi.yaml` is the contract, `build.rs` makes the server interface and the client of it, and this
//! file has the handlers.

pub mod client;
#[allow(clippy::all, clippy::pedantic, unused, reason = "generated")]
pub mod server {
    include!(concat!(env!("OUT_DIR"), "/server.rs"));
}

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use openapi_contract_runtime::{BodyLimits, Failure, MemoryBudget, Operation, Service};
use poem::{Endpoint, EndpointExt, Request, http::StatusCode};

use server::{
    CreatePetParams, CreatePetResponse, GetPetParams, GetPetResponse, ListPetsParams,
    ListPetsResponse, PetsApi, UpdatePetParams, UpdatePetResponse,
    types::{Pet, Pets},
};

/// The store as an endpoint of poem, below the path that the document names. A request body may have 64 KiB.
pub fn endpoint() -> impl Endpoint {
    let limits = BodyLimits {
        bytes: 64 * 1024,
        ..BodyLimits::default()
    };
    server::routes(&Arc::new(Store::default())).data(MemoryBudget::new(1024 * 1024, limits))
}

/// Pets by their identifiers.
#[derive(Default)]
struct Store(Mutex<BTreeMap<i64, Pet>>);

impl Store {
    fn pets(&self) -> MutexGuard<'_, BTreeMap<i64, Pet>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_found(id: i64) -> Failure {
    Failure::new(StatusCode::NOT_FOUND, format!("There is no pet {id}."))
}

impl Service for Store {
    type Caller = ();
    type Error = Failure;

    /// Never called: the document secures no operation.
    async fn authorize(&self, _: &'static Operation, _: &Request) -> Result<(), Failure> {
        Ok(())
    }
}

impl PetsApi for Store {
    async fn list_pets(&self, params: ListPetsParams) -> Result<ListPetsResponse, Failure> {
        let limit = usize::try_from(params.limit).unwrap_or_default();
        let pets = self.pets().values().take(limit).cloned().collect();
        Ok(ListPetsResponse::Ok(Pets(pets)))
    }

    async fn create_pet(&self, params: CreatePetParams) -> Result<CreatePetResponse, Failure> {
        let pet = params.body;
        let mut pets = self.pets();
        if pets.contains_key(&pet.id) {
            let message = format!("There is a pet {} already.", pet.id);
            return Err(Failure::new(StatusCode::CONFLICT, message));
        }
        pets.insert(pet.id, pet.clone());
        Ok(CreatePetResponse::Created(pet))
    }

    async fn get_pet(&self, params: GetPetParams) -> Result<GetPetResponse, Failure> {
        let pet = self.pets().get(&params.id).cloned();
        pet.map(GetPetResponse::Ok)
            .ok_or_else(|| not_found(params.id))
    }

    async fn update_pet(&self, params: UpdatePetParams) -> Result<UpdatePetResponse, Failure> {
        let mut pets = self.pets();
        let pet = pets
            .get_mut(&params.id)
            .ok_or_else(|| not_found(params.id))?;
        if let Some(name) = params.body.name {
            pet.name = name;
        }
        if let Some(tag) = params.body.tag.change() {
            pet.tag = tag.into();
        }
        Ok(UpdatePetResponse::NoContent)
    }
}
