//! Taking members, units and organizations out of a hackathon.

use diesel::prelude::*;
use serde_json::json;
use signpost::base::{Id, Key, Localized};
use signpost::consortium::{Holder, HolderSaid};
use signpost::db::schema::{channels, responsibilities, shifts, topics};
use signpost::db::{Json, Tx};
use signpost::hackathon::Hackathon;

use crate::on_both;
use crate::support::{Event, World};

fn here(tx: &mut Tx) -> Id<Hackathon> {
    let key = Key::parse("h1").unwrap();
    signpost::hackathon::store::find(tx, &key).unwrap().unwrap().id
}

fn found(tx: &mut Tx, said: &HolderSaid) -> Holder {
    let hackathon = here(tx);
    said.find(tx, hackathon, "").unwrap()
}

/// Puts a holder into the draft: a topic of that slug, made if it is not there, and a role.
fn give(world: &World, said: HolderSaid, slug: &'static str, role: &'static str) {
    let given = world.db.write_now(move |tx| {
        let (hackathon, holder) = (here(tx), found(tx, &said));
        let known: Option<Id<()>> =
            topics::table.filter(topics::slug.eq(slug)).select(topics::id).first(tx.conn()).optional()?;
        let topic = known.unwrap_or(tx.fresh());
        if known.is_none() {
            let name = Localized::plain(signpost::base::Lang::En, slug);
            let words = || Json(json!({"en": [], "ko": []}));
            diesel::insert_into(topics::table)
                .values((
                    topics::id.eq(topic),
                    topics::hackathon_id.eq(hackathon),
                    topics::slug.eq(slug),
                    topics::name.eq(name),
                    topics::keywords.eq(words()),
                    topics::examples.eq(words()),
                    topics::version.eq(1_i64),
                    topics::created_at.eq(tx.now()),
                    topics::updated_at.eq(tx.now()),
                ))
                .execute(tx.conn())?;
        }
        let (organization, unit, member, mentor) = holder.columns();
        diesel::insert_into(responsibilities::table)
            .values((
                responsibilities::id.eq(tx.fresh::<()>()),
                responsibilities::hackathon_id.eq(hackathon),
                responsibilities::topic_id.eq(topic),
                responsibilities::role.eq(role),
                responsibilities::organization_id.eq(organization),
                responsibilities::unit_id.eq(unit),
                responsibilities::member_id.eq(member),
                responsibilities::team_mentor.eq(mentor),
                responsibilities::position.eq(1),
                responsibilities::created_at.eq(tx.now()),
            ))
            .execute(tx.conn())?;
        Ok(())
    });
    given.unwrap();
}

/// Gives a holder a channel, and a shift in it.
fn reach(world: &World, said: HolderSaid) {
    let given = world.db.write_now(move |tx| {
        let (hackathon, holder) = (here(tx), found(tx, &said));
        let (organization, unit, member, mentor) = holder.columns();
        let channel: Id<()> = tx.fresh();
        diesel::insert_into(channels::table)
            .values((
                channels::id.eq(channel),
                channels::hackathon_id.eq(hackathon),
                channels::slug.eq(channel.to_string()),
                channels::organization_id.eq(organization),
                channels::unit_id.eq(unit),
                channels::member_id.eq(member),
                channels::team_mentor.eq(mentor),
                channels::kind.eq("email"),
                channels::address.eq("a@b.c"),
                channels::hours.eq(Json(json!([]))),
                channels::version.eq(1_i64),
                channels::created_at.eq(tx.now()),
                channels::updated_at.eq(tx.now()),
            ))
            .execute(tx.conn())?;
        diesel::insert_into(shifts::table)
            .values((
                shifts::id.eq(tx.fresh::<()>()),
                shifts::hackathon_id.eq(hackathon),
                shifts::organization_id.eq(organization),
                shifts::unit_id.eq(unit),
                shifts::member_id.eq(member),
                shifts::team_mentor.eq(mentor),
                shifts::channel_id.eq(Some(channel)),
                shifts::starts_at.eq(tx.now()),
                shifts::ends_at.eq(tx.now().plus(chrono::TimeDelta::hours(1))),
                shifts::replaces.eq(false),
                shifts::on_duty.eq(true),
                shifts::version.eq(1_i64),
                shifts::created_at.eq(tx.now()),
                shifts::updated_at.eq(tx.now()),
            ))
            .execute(tx.conn())?;
        Ok(())
    });
    given.unwrap();
}

/// How many cells, channels and shifts there are.
fn rest(world: &World) -> (i64, i64, i64) {
    let counted = world.db.read_now(|tx| {
        let cells = responsibilities::table.count().get_result(tx.conn())?;
        let channels = channels::table.count().get_result(tx.conn())?;
        Ok((cells, channels, shifts::table.count().get_result(tx.conn())?))
    });
    counted.unwrap()
}

fn member(id: &str) -> HolderSaid {
    HolderSaid { member: Some(id.into()), ..HolderSaid::default() }
}

fn unit(slug: &str) -> HolderSaid {
    HolderSaid { unit: Some(slug.into()), ..HolderSaid::default() }
}

fn organization(slug: &str) -> HolderSaid {
    HolderSaid { organization: Some(slug.into()), ..HolderSaid::default() }
}

on_both! {
    fn r8_who_alone_answers_for_a_topic_is_not_removed(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["responder"]), event.join("bob", &["responder"]));
        event.partner("acme");
        give(world, member(&ada.id), "etl", "responsible");
        give(world, unit("acme-unit"), "auth", "accountable");
        let path = event.path(&format!("members/{}", ada.id));
        let refused = world.delete(&event.organizer, &path).must(409).json();
        assert_eq!(refused["topics"], json!(["etl"]));
        assert!(refused["detail"].as_str().unwrap().contains("etl"));
        world.patch(&event.organizer, &path, json!({"suspended": true})).must(409);
        assert_eq!(world.delete(&event.organizer, &event.path("units/acme-unit")).must(409).json()["topics"], json!(["auth"]));

        give(world, member(&bob.id), "etl", "responsible");
        give(world, member(&ada.id), "auth", "consulted");
        world.patch(&event.organizer, &path, json!({"suspended": true})).must(200);
        world.delete(&event.organizer, &path).must(204);
        assert_eq!(rest(world).0, 2, "bob for etl and the unit for auth are left");
    }

    fn a_member_goes_with_their_leads_channels_and_shifts(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["responder", "participant"]), event.join("bob", &["mentor"]));
        event.partner("acme");
        event.team("red", &ada, &bob);
        for path in ["organizations/acme", "units/acme-unit"] {
            world.patch(&event.organizer, &event.path(path), json!({"lead": ada.id})).must(200);
        }
        world.put(&event.organizer, &event.path("brief"), json!({"ambition": "poc"})).must(201);
        world.post(&ada.person, &event.path("brief/acknowledgements"), json!({})).must(201);
        reach(world, member(&ada.id));
        world.delete(&event.organizer, &event.path(&format!("members/{}", ada.id))).must(204);
        assert_eq!(rest(world), (0, 0, 0));
        assert_eq!(event.read("organizations/acme")["lead"], json!(null));
        assert_eq!(event.read("units/acme-unit")["lead"], json!(null));
        assert_eq!(event.read("brief/acknowledgements")["items"], json!([]));
    }

    fn the_people_of_a_unit_then_belong_to_its_organization(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let acme = event.read("organizations/acme")["id"].clone();
        let ada = event.make("members", json!({"email": "ada@x.org", "roles": ["responder"], "affiliation": {"unit": "acme-unit"}}));
        reach(world, unit("acme-unit"));
        world.delete(&event.organizer, &event.path("units/acme-unit")).must(204);
        let path = format!("members/{}", ada["id"].as_str().unwrap());
        assert_eq!(event.read(&path)["affiliation"], json!({"organization": acme}));
        assert_eq!(rest(world), (0, 0, 0));
        world.get(&event.organizer, &event.path("units/acme-unit")).must(404);
    }

    fn an_organization_goes_after_its_units_and_its_people_stay(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let ada = event.make("members", json!({"email": "ada@x.org", "roles": ["responder"], "affiliation": {"organization": "acme"}}));
        reach(world, organization("acme"));
        let refused = world.delete(&event.organizer, &event.path("organizations/acme")).must(409).json();
        assert!(refused["detail"].as_str().unwrap().contains("acme-unit"));
        assert_eq!(rest(world), (0, 1, 1), "a refusal takes nothing");
        world.delete(&event.organizer, &event.path("units/acme-unit")).must(204);
        world.delete(&event.organizer, &event.path("organizations/acme")).must(204);
        assert_eq!(event.read(&format!("members/{}", ada["id"].as_str().unwrap()))["affiliation"], json!(null));
        world.get(&world.admin(), "/v1/organizations/acme").must(200);
        event.make("organizations", json!({"organization": "acme", "function": "host"}));
    }

    fn a_hackathon_goes_with_everything_in_it(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.partner("acme");
        event.team("red", &ada, &bob);
        event.make("members", json!({"email": "eve@x.org", "roles": ["responder"], "affiliation": {"unit": "acme-unit"}}));
        world.patch(&event.organizer, &event.path("units/acme-unit"), json!({"lead": bob.id})).must(200);
        give(world, unit("acme-unit"), "etl", "responsible");
        reach(world, member(&ada.id));
        event.make("sprints", json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-08"}));
        world.put(&event.organizer, &event.path("brief"), json!({"ambition": "poc"})).must(201);
        world.post(&ada.person, &event.path("brief/acknowledgements"), json!({})).must(201);
        world.delete(&event.organizer, "/v1/hackathons/h1?confirm=h1").must(204);
        assert_eq!(rest(world), (0, 0, 0));
        world.get(&event.organizer, "/v1/hackathons/h1").must(404);
    }
}
