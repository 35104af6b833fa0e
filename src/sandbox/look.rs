//! The host's answer to the interpreter's looks at its state (interface `endless` of its world).

use wasmtime::{
    StoreContextMut, Trap,
    component::{LinkerInstance, WasmList},
};

use super::{endless::Next, state::State};

/// Defines the function in `endless`.
pub(super) fn link(endless: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    endless.func_wrap("look", |store: StoreContextMut<'_, State>, (memory,): (WasmList<u8>,)| look(store, &memory))
}

fn look(mut store: StoreContextMut<'_, State>, memory: &WasmList<u8>) -> wasmtime::Result<()> {
    let state = store.data_mut();
    // Nothing that Python calls.
    let Some((seen, number)) = state.take_look() else { return Ok(()) };
    let mut watch = std::mem::take(&mut state.watch);
    let (state, memory) = (store.data(), memory.as_le_slice(&store));
    let next = watch.look(&seen, number, memory, state.slots(), state.asked);
    if let Next::Stop = next {
        watch.prove(memory, state.slots(), &state.program);
    }
    let state = store.data_mut();
    state.watch = watch;
    match next {
        Next::Look(asked) => state.ask(asked),
        Next::Rest => state.look_later(),
        Next::Stop => return Err(Trap::OutOfFuel.into()),
    }
    Ok(())
}
