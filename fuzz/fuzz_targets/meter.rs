//! A random module, metered: it ends, and wasmtime counts no more operators than its units of fuel buy.
#![no_main]

use libfuzzer_sys::{arbitrary::Unstructured, fuzz_target};
use wasm_smith::{Config, Module};
use wasmtime::{Engine, Extern, Instance, OptLevel, Store, Val};

#[path = "../../guest/build/link/meter/mod.rs"]
mod meter;

/// What the linker has beside the meter.
fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The fuel that each call gets.
const FUEL: i64 = 3_000;
/// The most operators for a unit, those of its charge included.
const OPERATORS: u64 = 256 + 14;

fuzz_target!(|bytes: &[u8]| {
    let config = Config {
        min_memories: 1,
        max_memories: 1,
        max_memory32_bytes: 16 << 16,
        memory_max_size_required: true,
        max_imports: 0,
        min_funcs: 1,
        max_funcs: 24,
        max_instructions: 300,
        max_tables: 1,
        export_everything: true,
        allow_start_export: false,
        bulk_memory_enabled: true,
        reference_types_enabled: false,
        simd_enabled: false,
        relaxed_simd_enabled: false,
        exceptions_enabled: false,
        gc_enabled: false,
        tail_call_enabled: true,
        threads_enabled: false,
        memory64_enabled: false,
        custom_page_sizes_enabled: false,
        wide_arithmetic_enabled: false,
        extended_const_enabled: true,
        ..Config::default()
    };
    let Ok(module) = Module::new(config, &mut Unstructured::new(bytes)) else { return };
    let module = module.to_bytes();
    // What it refuses it says; random modules change tables, for example.
    let Ok(metered) = meter::meter(&module) else { return };
    run(&with_counter(&metered));
});

/// The module with its second memory exported, to set the counter.
fn with_counter(module: &[u8]) -> Vec<u8> {
    use wasm_encoder::{ExportKind, ExportSection, RawSection, reencode::Reencode};
    use wasmparser::{Parser, Payload};
    let mut new = wasm_encoder::Module::new();
    let mut exports = ExportSection::new();
    let (mut is_written, mut before_code) = (false, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.expect("a module that was just written");
        let Some((id, range)) = payload.as_section() else { continue };
        if let Payload::ExportSection(section) = &payload {
            wasm_encoder::reencode::RoundtripReencoder
                .parse_export_section(&mut exports, section.clone())
                .expect("exports that were just written");
        }
        before_code.push((id, range, matches!(payload, Payload::ExportSection(_))));
    }
    exports.export("the counter", ExportKind::Memory, 1);
    for (id, range, is_exports) in before_code {
        if !is_written && id > 7 && id != 13 {
            new.section(&exports);
            is_written = true;
        }
        if !is_exports {
            new.section(&RawSection { id, data: &module[range] });
        }
    }
    if !is_written {
        new.section(&exports);
    }
    new.finish()
}

fn run(module: &[u8]) {
    let mut config = wasmtime::Config::new();
    config.consume_fuel(true).cranelift_opt_level(OptLevel::None).max_wasm_stack(256 << 10);
    let engine = Engine::new(&config).expect("settings that are known");
    let module = wasmtime::Module::new(&engine, module).expect("a metered module is valid");
    let mut store = Store::new(&engine, ());
    store.set_fuel(1 << 40).expect("fuel is on");
    // Segments may not fit.
    let Ok(instance) = Instance::new(&mut store, &module, &[]) else { return };
    let counter = instance.get_memory(&mut store, "the counter").expect("it was just exported");
    let functions: Vec<_> = instance
        .exports(&mut store)
        .filter_map(|export| match export.into_extern() {
            Extern::Func(function) => Some(function),
            _ => None,
        })
        .collect();
    for function in functions {
        let ty = function.ty(&store);
        let Some(arguments) = ty.params().map(|ty| Val::default_for_ty(&ty)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let mut results = vec![Val::I32(0); ty.results().len()];
        counter.write(&mut store, 0, &FUEL.to_le_bytes()).expect("it has a page");
        let bound = OPERATORS * (FUEL.cast_unsigned() + 2) + 1024;
        store.set_fuel(bound).expect("fuel is on");
        let ended = function.call(&mut store, &arguments, &mut results);
        let left = i64::from_le_bytes(counter.data(&store)[..8].try_into().expect("eight bytes"));
        let used = FUEL.saturating_sub(left).clamp(0, FUEL).cast_unsigned();
        let operators = bound - store.get_fuel().expect("fuel is on");
        assert!(operators <= OPERATORS * (used + 2) + 1024, "{operators} operators for {used} units: {ended:?}");
    }
}
