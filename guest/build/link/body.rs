//! Writes one function's code anew: with the linked module's indices, and with what the C stack's new place asks for.

use wasm_encoder::{
    BlockType, CodeSection, Function, Instruction,
    reencode::{self, Reencode},
};
use wasmparser::{FunctionBody, Operator};

use super::{
    emit::{Relocate, Unlinked, unlinked},
    resolve,
    stack::Stack,
};

type Error = reencode::Error<Unlinked>;

impl Relocate<'_, '_> {
    /// Writes the function.
    pub(super) fn body(&mut self, code: &mut CodeSection, body: &FunctionBody<'_>) -> Result<(), Error> {
        let mut operators: Vec<Operator<'_>> = body.get_operators_reader()?.into_iter().collect::<Result<_, _>>()?;
        let padded = self.stack.padded.contains(&self.place);
        self.deepen_parser(&mut operators)?;
        let mut function = self.new_function_with_parsed_locals(body)?;
        if padded {
            let module = &self.program.members[self.place.0].module;
            let result = module.types[module.functions[self.place.1] as usize].results().first();
            let result = match result {
                Some(ty) => BlockType::Result(self.val_type(*ty)?),
                None => BlockType::Empty,
            };
            self.move_pointer(&mut function, &Instruction::I32Sub)?;
            function.instruction(&Instruction::Block(result));
        }
        let mut depth: i32 = 0;
        let mut before = None;
        for operator in operators {
            match &operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => depth += 1,
                Operator::End => depth -= 1,
                Operator::Return if padded => {
                    function.instruction(&Instruction::Br(depth.cast_unsigned()));
                    before = Some(operator);
                    continue;
                }
                Operator::ReturnCall { .. } | Operator::ReturnCallIndirect { .. } if padded => {
                    return Err(unlinked("a tail call in a function whose frame is padded".to_owned()));
                }
                _ => {}
            }
            function.instruction(&self.instruction(operator.clone())?);
            // What a prologue ends with; where it is an epilogue's end the check is needless and harmless.
            if let (
                Some(Operator::LocalTee { local_index } | Operator::LocalGet { local_index }),
                Operator::GlobalSet { global_index },
            ) = (&before, &operator)
                && self.program.global(self.place.0, *global_index).map_err(unlinked)? == self.stack.pointer
            {
                check(&mut function, *local_index, self.stack);
            }
            before = Some(operator);
        }
        if padded {
            self.move_pointer(&mut function, &Instruction::I32Add)?;
            function.instruction(&Instruction::End);
        }
        code.function(&function);
        Ok(())
    }

    /// Changes the stack pointer by the padding of a frame.
    fn move_pointer(&self, function: &mut Function, operator: &Instruction<'_>) -> Result<(), Error> {
        let pointer = self.layout.global(self.stack.pointer).map_err(unlinked)?;
        function
            .instruction(&Instruction::GlobalGet(pointer))
            .instruction(&Instruction::I32Const(Stack::PADDING))
            .instruction(operator)
            .instruction(&Instruction::GlobalSet(pointer));
        Ok(())
    }

    /// Gives a function of the parser the depth that CPython 3.11 has natively.
    fn deepen_parser(&mut self, operators: &mut [Operator<'_>]) -> Result<(), Error> {
        let (old, new) = Stack::PARSER_DEPTHS;
        let is_limit =
            |pair: &[Operator<'_>]| matches!(pair, [Operator::I32Const { value }, Operator::I32Eq] if *value == old);
        if !operators.windows(2).any(is_limit) {
            return Ok(());
        }
        for operator in operators.iter() {
            if let Operator::Call { function_index } = operator
                && self.program.function(self.place.0, *function_index).map_err(unlinked)?
                    == resolve::Function::Defined(self.stack.parser_check)
            {
                for at in 0..operators.len() - 1 {
                    if is_limit(&operators[at..at + 2]) {
                        operators[at] = Operator::I32Const { value: new };
                        self.layout.parser_limits += 1;
                    }
                }
                break;
            }
        }
        Ok(())
    }
}

/// Traps where the stack pointer, which `local` holds, is below the stack: its old place began at address zero and trapped by
/// itself, the new one lies above the heap.
fn check(function: &mut Function, local: u32, stack: &Stack) {
    function
        .instruction(&Instruction::LocalGet(local))
        .instruction(&Instruction::I32Const(stack.low.cast_signed()))
        .instruction(&Instruction::I32LtU)
        .instruction(&Instruction::If(BlockType::Empty))
        .instruction(&Instruction::Unreachable)
        .instruction(&Instruction::End);
}
