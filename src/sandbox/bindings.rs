//! The host's side of the guest's interface (`guest/wit/world.wit`), generated.

tracewright_guest::with_interface!(wasmtime::component::bindgen {
    world: "sandbox",
    imports: { default: trappable },
});
