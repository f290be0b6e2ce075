//! Registering a schema, which the service does in an operation of its own: minutes at Microsoft Graph.

use std::time::Duration;

use reqwest::{Url, header::LOCATION};
use tokio::time::{sleep, timeout};

use super::{
    error::Error,
    generated::{
        Client,
        types::{ConnectionOperation, ConnectionOperationStatus, SchemaUpdate},
    },
    retry_after::retry_after,
};

/// The first pause between two looks at an operation, if the service names none. Further ones double.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// An operation that the service works on, such as the registration of a schema.
///
/// Dropping it does not stop the operation.
#[derive(Debug)]
#[must_use = "the schema is not registered yet: call `wait`"]
pub struct PendingOperation<'a> {
    client: &'a Client,
    location: Url,
    /// How long the service asks to wait before the first look.
    pause: Option<Duration>,
}

impl Client {
    /// Registers the schema of a connection, or changes it: `updateSchema`, and then the operation that it has begun.
    ///
    /// The connection takes items once the operation is done, which [`PendingOperation::wait`] waits for.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use graph_connections::client::{Client, Error};
    /// use graph_connections::client::types::{Label, Property, PropertyType, SchemaUpdate};
    ///
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let title = Property::builder()
    ///     .name("title")
    ///     .type_(PropertyType::String)
    ///     .is_searchable(true)
    ///     .is_retrievable(true)
    ///     .labels(vec![Label::Title]);
    /// let schema = SchemaUpdate::builder()
    ///     .base_type("microsoft.graph.externalItem".to_owned())
    ///     .properties(vec![title.try_into()?]);
    /// let registration = client.register_schema("contosohr", schema).await?;
    /// registration.wait(Duration::from_mins(20)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] if a member of the schema is missing; [`Error::Service`] if the schema breaks a rule or another
    /// registration is in progress (`NameAlreadyExists`); [`Error::Decode`] if the registration has begun, but the answer has no address
    /// of it, or one with another origin than the base URL; otherwise those of every call.
    pub async fn register_schema<S>(
        &self,
        connection_id: &str,
        schema: S,
    ) -> Result<PendingOperation<'_>, Error>
    where
        S: TryInto<SchemaUpdate>,
        S::Error: std::fmt::Display,
    {
        let update = self.update_schema().connection_id(connection_id);
        let accepted = update.body(schema).send().await?;
        let location = accepted.headers().get(LOCATION);
        let location = location.and_then(|location| location.to_str().ok());
        let operation = location.and_then(|location| self.pending_operation(location).ok());
        let mut operation = operation.ok_or_else(|| {
            let id = accepted.headers().get("client-request-id");
            let id = id.and_then(|id| id.to_str().ok()?.parse().ok());
            let what = format!("the registration has begun, with the Location {location:?}");
            Error::decode(&what, id)
        })?;
        operation.pause = retry_after(accepted.headers());
        Ok(operation)
    }

    /// An operation that was begun before, perhaps by another process, at the address that [`PendingOperation::location`] has given.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRequest`] if it is not an absolute URL with the origin of the base URL.
    pub fn pending_operation(&self, location: &str) -> Result<PendingOperation<'_>, Error> {
        Ok(PendingOperation {
            client: self,
            location: self.own_url(location, "operation's address")?,
            pause: None,
        })
    }
}

impl PendingOperation<'_> {
    /// The address of the operation, as the service gave it.
    pub fn location(&self) -> &str {
        self.location.as_str()
    }

    /// Waits until the operation is `completed`, for at most this time.
    ///
    /// It looks at once, or after the `Retry-After` of the answer that began the operation, and then again after pauses that grow from a
    /// tenth of a second to half a minute, or as long as `Retry-After` says. A status that the document does not know counts as in progress.
    ///
    /// # Errors
    ///
    /// [`Error::OperationFailed`] with code and message if it has `failed`; [`Error::OperationTimeout`] if it is not done in time: it
    /// goes on, and may be waited for again; otherwise those of every call.
    pub async fn wait(&self, time: Duration) -> Result<(), Error> {
        let ended = timeout(time, self.end()).await;
        ended.unwrap_or(Err(Error::OperationTimeout { waited: time }))
    }

    async fn end(&self) -> Result<(), Error> {
        let mut growing = FIRST_PAUSE;
        if let Some(pause) = self.pause {
            sleep(pause).await;
        }
        loop {
            let url = self.location.clone();
            let answer = self.client.get::<ConnectionOperation>("get_operation", url);
            let answer = answer.await?;
            let asked = retry_after(answer.headers());
            let operation = answer.into_inner();
            match operation.status {
                Some(ConnectionOperationStatus::Completed) => return Ok(()),
                Some(ConnectionOperationStatus::Failed) => {
                    let error = operation.error.unwrap_or_default();
                    return Err(Error::OperationFailed {
                        code: error.code,
                        message: error.message,
                    });
                }
                _ => sleep(asked.unwrap_or(growing)).await,
            }
            growing = (growing * 2).min(LONGEST_PAUSE);
        }
    }
}
