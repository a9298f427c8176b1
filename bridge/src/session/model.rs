//! Whole sessions in virtual time against a model: whatever client, target, operator and time do, in
//! any order, each side gets a prefix of what the other sent, all of it where nothing is in the way
//! or the ending is orderly; the session ends as the model says; and memory is bounded.
//!
//! - [`command`]: what may be done; [`reference`]: the model: what must come of it;
//! - [`client`], [`target`]: both ends of a session, as simple as can be; [`pattern`]: what they send;
//! - [`world`]: a session between them, and its clock; [`checks`]: what is compared.
//!
//! `PROPTEST_CASES=10000 cargo test --release -p bridge --lib model` tries more sequences.

mod checks;
mod client;
mod command;
mod pattern;
mod reference;
mod target;
mod world;

use echo_core::wire::BridgeMessage;
use proptest::test_runner::Config;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use tokio::time::Duration;

use crate::relay::Dialect;
use command::{ALL_CLEAR, AWAIT_CLOSE, Command, Setup};
use reference::Model;
use world::World;

/// How many sequences are tried, unless `PROPTEST_CASES` says otherwise.
const SEQUENCES: u32 = 400;

struct Sessions;

impl StateMachineTest for Sessions {
    type SystemUnderTest = World;
    type Reference = Model;

    fn init_test(model: &Model) -> World {
        World::new(model.setup)
    }

    fn apply(mut world: World, model: &Model, command: Command) -> World {
        world.perform(command);
        checks::check(&world, model);
        world
    }

    fn teardown(mut world: World, mut model: Model) {
        // Nothing is in the way any more, so that everything has to arrive.
        for command in ALL_CLEAR {
            model = Model::apply(model, &command);
            world.perform(command);
            checks::check(&world, &model);
        }
        // A session that goes on by then is one that its client can close.
        if !model.is_over && reference::is_possible(&model, &Command::ClientCloses) {
            model = Model::apply(model, &Command::ClientCloses);
            world.perform(Command::ClientCloses);
        }
        model = Model::apply(model, &AWAIT_CLOSE);
        world.perform(AWAIT_CLOSE);
        checks::check(&world, &model);
        checks::check_end(&world, &model);
    }
}

/// What the environment says, or else what is enough for each run of the tests.
fn config() -> Config {
    let is_unset = |name| std::env::var_os(name).is_none();
    let mut config = Config::default();
    if is_unset("PROPTEST_CASES") {
        config.cases = SEQUENCES;
    }
    if is_unset("PROPTEST_MAX_SHRINK_ITERS") {
        config.max_shrink_iters = 4000;
    }
    config
}

prop_state_machine! {
    #![proptest_config(config())]

    #[test]
    fn sessions_are_as_the_model_says(sequential 1..30 => Sessions);
}

/// All that passes is time, and what a step takes of it.
#[test]
fn the_last_message_tells_how_long_the_session_was() {
    let setup = Setup {
        dialect: Dialect::Control,
        trace: false,
        pipe: 1009,
        overruns: false,
        is_bounded: true,
    };
    let mut world = World::new(setup);
    world.perform(Command::Passes(Duration::from_secs(70)));
    world.perform(Command::TargetFinishes);
    world.perform(Command::ClientFinishes);
    world.perform(AWAIT_CLOSE);
    let last = world.client.messages.last();
    let Some(BridgeMessage::Closed { duration_us, .. }) = last else { panic!("{last:?}") };
    assert!((70_000_000..80_000_000).contains(duration_us), "{duration_us}");
}
