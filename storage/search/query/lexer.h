// A query's text cut into tokens.
//
// `actor:Taliban,"Jamaat Ansarullah" -(2023 | clash*)` is: a term of field actor with two values; a minus; an opening
// parenthesis; a term; a bar; a term; a closing parenthesis. What a term's words mean is the parser's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/query/fields.h"
#include "storage/search/query/problem.h"

namespace daftar::search::query {

// A piece of a term: as written, without quotes and direction marks. Quoted white space is a single space, and
// quotation marks inside of a quotation are spaces.
struct Value {
  std::string text;
  Span span;
  bool quoted = false;
  bool star = false;    // "*" stood behind it
  bool at_end = false;  // nothing stands behind it: it may still be being typed
};

struct Token {
  enum class Kind { kOpen, kClose, kBar, kMinus, kTerm, kEnd };
  Kind kind = Kind::kEnd;
  Span span;
  const FieldName* field = nullptr;  // kTerm: what stood before the colon, if it is a field
  std::vector<Value> values;         // kTerm: one; none or several only after a field
  bool opens = false;                // kTerm: a parenthesis follows the colon at once
  std::optional<Span> loose_comma;   // kTerm: a list ends with this comma, and the query goes on
};

// The tokens, the last of them kEnd. A problem only where the text is too long or not UTF-8.
std::optional<Problem> Tokenize(std::string_view text, std::vector<Token>* tokens);

// Cuts a value at its commas, as the lexer does after a field.
std::vector<Value> SplitList(const Value& value);

}  // namespace daftar::search::query
