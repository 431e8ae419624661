// What a term of a query means: a word, a phrase, or a field with its values.
#pragma once

#include <optional>
#include <variant>

#include "storage/search/query/lexer.h"
#include "storage/search/query/problem.h"

namespace daftar::search::query {

// Capital words that join terms.
enum class Operator { kNone, kAnd, kOr, kNot };
Operator OperatorOf(const Token& token);

// The term as a node, or nothing where it is punctuation only. `next` is the token behind it. `field` is what stands
// before the parentheses around it, null for none; the term's own field goes before it. What is negated is taken as
// whole, not as still being typed.
std::variant<std::optional<Node>, Problem> ReadTerm(const Token& token, const Token& next, const FieldName* field,
                                                    bool negated, int32_t today);

// The problem that nothing stands behind a field's colon.
Problem EmptyValue(const Token& token, Span at);

}  // namespace daftar::search::query
