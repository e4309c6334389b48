//! Puts the functions of a module into the order in which its table names them, so that the table counts up and all but
//! disappears when it is compressed.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, ElementItems, ElementSectionReader, FunctionSectionReader, Parser, Payload, TypeRef,
};

type Result<T> = std::result::Result<T, Error<Infallible>>;

pub fn ordered(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Order::of(wasm)?.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

struct Order {
    /// How many functions come from outside and stand before all others.
    imported: usize,
    /// The module's own functions in their new order, by their old place.
    own: Vec<usize>,
    /// The new place of each.
    places: Vec<usize>,
}

impl Order {
    fn of(wasm: &[u8]) -> Result<Self> {
        let (mut imported, mut count, mut named) = (0, 0, Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => count = section.count() as usize,
                Payload::ElementSection(section) => named = functions_of(section)?,
                _ => {}
            }
        }
        let mut order = Self { imported, own: Vec::with_capacity(count), places: vec![usize::MAX; count] };
        let named = named.into_iter().filter_map(|function| (function as usize).checked_sub(imported));
        for function in named.chain(0..count) {
            if order.places[function] == usize::MAX {
                order.places[function] = order.own.len();
                order.own.push(function);
            }
        }
        Ok(order)
    }
}

fn functions_of(section: ElementSectionReader<'_>) -> Result<Vec<u32>> {
    let mut all = Vec::new();
    for element in section {
        if let ElementItems::Functions(functions) = element?.items {
            for function in functions {
                all.push(function?);
            }
        }
    }
    Ok(all)
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        let new = (function as usize).checked_sub(self.imported).map(|own| self.places[own] + self.imported);
        Ok(new.and_then(|new| u32::try_from(new).ok()).unwrap_or(function))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<()> {
        let types = section.into_iter().collect::<std::result::Result<Vec<u32>, _>>()?;
        for own in &self.own {
            functions.function(types[*own]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Result<()> {
        let bodies = section.into_iter().collect::<std::result::Result<Vec<_>, _>>()?;
        for own in self.own.clone() {
            utils::parse_function_body(self, code, bodies[own].clone())?;
        }
        Ok(())
    }
}
