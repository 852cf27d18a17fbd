//! How our values lie in the two databases, so that one `schema.rs` serves both.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Jsonb, SqlType, Text as SqlText, Timestamptz};
use diesel::sqlite::{Sqlite, SqliteValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::conn::{MultiBackend, MultiRawValue};
use crate::base::{Email, Id, Instant, Localized, Name, Slug, Text, text};

/// `uuid` on PostgreSQL, text on SQLite.
#[derive(SqlType, Clone, Copy, Debug, Default, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Text"))]
pub struct Uuid_;

/// `timestamptz` on PostgreSQL; on SQLite text with six decimals and `Z`, so that text order is time order.
#[derive(SqlType, Clone, Copy, Debug, Default, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
pub struct Instant_;

/// `jsonb` on PostgreSQL; on SQLite text with a check that it is JSON.
#[derive(SqlType, Clone, Copy, Debug, Default, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 3802, array_oid = 3807), sqlite_type(name = "Text"))]
pub struct Json_;

macro_rules! on_both {
    ($($sql:ty),*) => { $(
        impl HasSqlType<$sql> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$sql>(lookup)
            }
        }
    )* };
}
on_both!(Uuid_, Instant_, Json_);

/// Both directions of a value through whichever connection is there.
macro_rules! through_either {
    ([$($generic:tt)*] $rust:ty, $sql:ty) => {
        impl <$($generic)*> FromSql<$sql, MultiBackend> for $rust {
            fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<Self, $sql>()
            }
        }
        impl <$($generic)*> ToSql<$sql, MultiBackend> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$sql>::default(), self));
                Ok(IsNull::No)
            }
        }
    };
}

#[derive(FromSqlRow, AsExpression)]
#[diesel(foreign_derive, sql_type = Uuid_)]
#[expect(dead_code, reason = "a shape for the derives, never built")]
struct IdShape<T: 'static>(Id<T>);

impl<T: 'static> FromSql<Uuid_, Pg> for Id<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Id::from_uuid(FromSql::<diesel::sql_types::Uuid, Pg>::from_sql(value)?))
    }
}
impl<T: 'static> ToSql<Uuid_, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Uuid, Pg>::to_sql(&self.uuid(), &mut out.reborrow())
    }
}
impl<T: 'static> FromSql<Uuid_, Sqlite> for Id<T> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<SqlText, Sqlite>>::from_sql(value)?;
        Ok(Id::from_uuid(Uuid::try_parse(&text)?))
    }
}
impl<T: 'static> ToSql<Uuid_, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.uuid().to_string());
        Ok(IsNull::No)
    }
}
through_either!([T: 'static] Id<T>, Uuid_);

#[derive(FromSqlRow, AsExpression)]
#[diesel(foreign_derive, sql_type = Instant_)]
#[expect(dead_code, reason = "a shape for the derives, never built")]
struct InstantShape(Instant);

impl FromSql<Instant_, Pg> for Instant {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Instant::from_utc(FromSql::<Timestamptz, Pg>::from_sql(value)?))
    }
}
impl ToSql<Instant_, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamptz, Pg>::to_sql(&self.utc(), &mut out.reborrow())
    }
}
impl FromSql<Instant_, Sqlite> for Instant {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<SqlText, Sqlite>>::from_sql(value)?;
        Instant::parse(&text).ok_or_else(|| format!("{text:?} is not a time").into())
    }
}
impl ToSql<Instant_, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.sortable());
        Ok(IsNull::No)
    }
}
through_either!([] Instant, Instant_);

/// A value kept as JSON.
#[derive(Clone, Debug, PartialEq, Eq, FromSqlRow, AsExpression)]
#[diesel(sql_type = Json_)]
pub struct Json<T: 'static>(pub T);

impl<T: DeserializeOwned + 'static> FromSql<Json_, Pg> for Json<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let value = <serde_json::Value as FromSql<Jsonb, Pg>>::from_sql(value)?;
        Ok(Json(serde_json::from_value(value)?))
    }
}
impl<T: Serialize + std::fmt::Debug + 'static> ToSql<Json_, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Jsonb, Pg>::to_sql(&serde_json::to_value(&self.0)?, &mut out.reborrow())
    }
}
impl<T: DeserializeOwned + 'static> FromSql<Json_, Sqlite> for Json<T> {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<SqlText, Sqlite>>::from_sql(value)?;
        Ok(Json(serde_json::from_str(&text)?))
    }
}
impl<T: Serialize + std::fmt::Debug + 'static> ToSql<Json_, Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}
through_either!([T: Serialize + DeserializeOwned + std::fmt::Debug + Send + Sync + 'static] Json<T>, Json_);

#[derive(FromSqlRow, AsExpression)]
#[diesel(foreign_derive, sql_type = Json_)]
#[expect(dead_code, reason = "a shape for the derives, never built")]
struct LocalizedShape(Localized);

impl<DB: Backend> FromSql<Json_, DB> for Localized
where
    Json<Localized>: FromSql<Json_, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Json::from_sql(value)?.0)
    }
}
impl ToSql<Json_, Pg> for Localized {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Jsonb, Pg>::to_sql(&serde_json::to_value(self)?, &mut out.reborrow())
    }
}
impl ToSql<Json_, Sqlite> for Localized {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(self)?);
        Ok(IsNull::No)
    }
}
impl ToSql<Json_, MultiBackend> for Localized {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Json_, self));
        Ok(IsNull::No)
    }
}

/// A value that is a plain string in the database and was checked when it was written.
pub trait Flat: Sized {
    /// The string that is kept.
    fn flat(&self) -> &str;
    /// The value again; `None` where the string was never one of ours.
    fn lift(text: String) -> Option<Self>;
}

/// Lets a [`Flat`] value stand in queries where the column is text.
#[macro_export]
macro_rules! flat_column {
    ($rust:ty, $shape:ident) => {
        #[derive(diesel::deserialize::FromSqlRow, diesel::expression::AsExpression)]
        #[diesel(foreign_derive, sql_type = diesel::sql_types::Text)]
        #[expect(dead_code, reason = "a shape for the derives, never built")]
        struct $shape($rust);

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $rust
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = String::from_sql(value)?;
                <$rust as $crate::db::Flat>::lift(text).ok_or_else(|| concat!("not a ", stringify!($rust)).into())
            }
        }
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $rust
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                $crate::db::Flat::flat(self).to_sql(out)
            }
        }
    };
}

/// An enum that is a word in the database, in JSON and in files; the columns check the same words.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident / $shape:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::db::Flat for $name {
            fn flat(&self) -> &str {
                self.word()
            }
            fn lift(text: String) -> Option<Self> {
                $name::from_word(&text)
            }
        }
        $crate::flat_column!($name, $shape);
    };
}

macro_rules! checked {
    ($($rust:ident, $shape:ident);*) => { $(
        impl Flat for $rust {
            fn flat(&self) -> &str {
                self.as_str()
            }
            fn lift(text: String) -> Option<Self> {
                Some(text::$rust::stored(text))
            }
        }
        flat_column!($rust, $shape);
    )* };
}
checked!(Slug, SlugShape; Name, NameShape; Text, TextShape; Email, EmailShape);
