//! Puts the functions of a module that begin alike beside one another: what repeats nearby costs less when it is
//! compressed, by some kilobytes. The names of functions and the like, which nobody reads, are left out.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, CustomSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

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
        let (mut imported, mut bodies) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let mut own: Vec<usize> = (0..bodies.len()).collect();
        own.sort_by_key(|function| bodies[*function]);
        let mut places = vec![0; own.len()];
        for (place, function) in own.iter().enumerate() {
            places[*function] = place;
        }
        Ok(Self { imported, own, places })
    }
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        let new = (function as usize).checked_sub(self.imported).map(|own| self.places[own] + self.imported);
        Ok(new.and_then(|new| u32::try_from(new).ok()).unwrap_or(function))
    }

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<()> {
        Ok(())
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
