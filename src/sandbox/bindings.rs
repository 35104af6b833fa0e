//! The host's side of `guest/wit/world.wit`, generated.

wasmtime::component::bindgen!({
    path: "guest/wit",
    world: "sandbox",
    imports: { default: trappable },
});
