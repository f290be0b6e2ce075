//! How generated types describe themselves to poem-openapi.

use poem::{Request, RequestBody};
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaSchema, MetaSchemaRef, MetaSecurityScheme,
    Registry,
};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

/// A type of the document.
pub trait Described: 'static {
    /// The name in the document.
    const NAME: &'static str;
    /// The document writes it where it is used: the name is for Rust alone.
    const IN_PLACE: bool = false;

    /// Its schema; registers the schemas that it refers to.
    fn describe(registry: &mut Registry) -> MetaSchema;
}

/// Registers a named schema.
pub fn register<T: Described>(registry: &mut Registry) {
    drop(described::<T>(registry));
}

/// What stands where the type is used, without its being registered.
pub fn reference<T: Described>() -> MetaSchemaRef {
    if T::IN_PLACE {
        return inline(T::describe(&mut Registry::new()));
    }
    MetaSchemaRef::Reference(T::NAME.to_owned())
}

/// What stands where the type is used.
pub fn described<T: Described>(registry: &mut Registry) -> MetaSchemaRef {
    if T::IN_PLACE {
        return inline(T::describe(registry));
    }
    registry.create_schema::<T, _>(T::NAME.to_owned(), T::describe);
    MetaSchemaRef::Reference(T::NAME.to_owned())
}

/// What stands where the type is used with notes beside it.
pub fn noted<T: Described>(registry: &mut Registry, notes: MetaSchema) -> MetaSchemaRef {
    if !T::IN_PLACE {
        return inline(MetaSchema {
            all_of: vec![described::<T>(registry)],
            ..notes
        });
    }
    inline(MetaSchema {
        default: notes.default,
        deprecated: notes.deprecated,
        nullable: notes.nullable,
        read_only: notes.read_only,
        ..T::describe(registry)
    })
}

/// A schema in place.
pub fn inline(schema: MetaSchema) -> MetaSchemaRef {
    MetaSchemaRef::Inline(Box::new(schema))
}

/// A response; without a status it is the one for every error that is not listed.
pub fn response(
    status: Option<u16>,
    description: &'static str,
    content: Option<MetaMediaType>,
    headers: Vec<MetaHeader>,
) -> MetaResponse {
    MetaResponse {
        description,
        status,
        status_range: None,
        content: content.into_iter().collect(),
        headers,
    }
}

/// The content of a response.
pub fn media(content_type: &'static str, schema: MetaSchemaRef) -> MetaMediaType {
    MetaMediaType {
        content_type,
        schema,
    }
}

/// A header of a response.
pub fn header(
    name: &str,
    description: Option<&str>,
    required: bool,
    schema: MetaSchemaRef,
) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: description.map(str::to_owned),
        required,
        deprecated: false,
        schema,
    }
}

/// A security scheme of the document. For the description alone: [`super::Service::authorize`] reads the token.
pub trait Scheme: 'static {
    /// The name in the document.
    const NAME: &'static str;

    /// The scheme, as poem-openapi describes it.
    fn describe() -> MetaSecurityScheme;
}

/// Says that an operation is secured by scheme `S`.
pub struct Security<S>(std::marker::PhantomData<fn() -> S>);

impl<'a, S: Scheme> ApiExtractor<'a> for Security<S> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(S::NAME, S::describe());
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![S::NAME]
    }

    async fn from_request(
        _request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self(std::marker::PhantomData))
    }
}
