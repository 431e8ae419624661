// Reads tokens into a tree, by descent:
//
//   any    := all { ("OR" | "|") all }
//   all    := one { ["AND"] one }
//   one    := { "NOT" | "-" } ( "(" any ")" | field ":(" any ")" | term )
#include <algorithm>
#include <utility>

#include "storage/search/query/lexer.h"
#include "storage/search/query/query.h"
#include "storage/search/query/terms.h"
#include "storage/search/query/tree.h"

namespace daftar::search {
namespace query {
namespace {

using Kind = Token::Kind;

// CivilOf and DayNumber are at home here: the years 1000 to 9999.
constexpr int32_t kFirstToday = -354'285, kLastToday = 2'932'896;

class Parser {
 public:
  Parser(std::vector<Token> tokens, int32_t today)
      : tokens_(std::move(tokens)), today_(std::clamp(today, kFirstToday, kLastToday)) {}

  // A kEverything where nothing is asked for; meaningless if there is a problem.
  Node Run() {
    Maybe root = Any(nullptr, false, 0);
    if (!problem_ && Now().kind == Kind::kClose) {
      Stop({.at = Now().span,
            .what = "there is no \"(\" that this \")\" closes",
            .instead = "",
            .replaced = Now().span});
    }
    if (problem_ || !root) return {};
    return Rooted(*std::move(root));
  }
  std::optional<Problem>& problem() { return problem_; }

 private:
  // Nothing, where only punctuation was written.
  using Maybe = std::optional<Node>;

  const Token& Now() const { return tokens_[at_]; }
  bool AtEnd() const { return problem_ || Now().kind == Kind::kEnd; }
  void Stop(Problem problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  Operator NowOperator() const { return OperatorOf(Now()); }
  bool NowOr() const { return Now().kind == Kind::kBar || NowOperator() == Operator::kOr; }

  Maybe Any(const FieldName* field, bool negated, size_t depth) {
    std::vector<Node> nodes;
    bool first = true;
    while (!AtEnd() && Now().kind != Kind::kClose) {
      // An OR with nothing before it is a word, and one with nothing behind it is one whose other side is being typed.
      if (NowOr() && !(first && Now().kind == Kind::kTerm)) {
        ++at_;
      } else if (Maybe node = All(field, negated, depth, first)) {
        nodes.push_back(*std::move(node));
      }
      first = false;
    }
    if (problem_ || nodes.empty()) return std::nullopt;
    return Disjunction(std::move(nodes));
  }

  Maybe All(const FieldName* field, bool negated, size_t depth, bool first) {
    std::vector<Node> nodes;
    // The operator that opens a group, if it is written as one, is a word.
    bool word = first && (NowOperator() == Operator::kAnd || NowOperator() == Operator::kOr);
    while (!AtEnd() && Now().kind != Kind::kClose && (word || !NowOr())) {
      if (!word && NowOperator() == Operator::kAnd) {
        ++at_;
      } else if (Maybe node = One(field, negated, depth, word)) {
        nodes.push_back(*std::move(node));
      }
      word = false;
    }
    if (problem_ || nodes.empty()) return std::nullopt;
    return Conjunction(std::move(nodes));
  }

  Maybe One(const FieldName* field, bool negated, size_t depth, bool word) {
    bool negate = false;
    const Span start = Now().span;
    while (!word && (Now().kind == Kind::kMinus || NowOperator() == Operator::kNot)) {
      negate = !negate;
      ++at_;
    }
    if (Now().kind == Kind::kEnd) return std::nullopt;  // what is excluded is still being typed
    if (at_ > 0 && start.begin != Now().span.begin &&
        (Now().kind == Kind::kClose || NowOr() || NowOperator() == Operator::kAnd)) {
      Stop({.at = start,
            .what = "nothing stands behind this \"not\" that it could exclude",
            .instead = "",
            .replaced = start});
      return std::nullopt;
    }
    Maybe node = Primary(field, negated != negate, depth);
    if (!node || problem_ || !negate) return node;
    Node negation = Negation(*std::move(node));
    negation.span.begin = start.begin;
    return negation;
  }

  Maybe Primary(const FieldName* field, bool negated, size_t depth) {
    const Token& token = tokens_[at_++];
    if (token.kind == Kind::kOpen) return Group(token, field, negated, depth);
    if (token.opens) {
      const Token& open = tokens_[at_++];
      Maybe group = Group(open, token.field, negated, depth);
      if (!group && !problem_) Stop(EmptyValue(token, Span{token.span.begin, tokens_[at_ - 1].span.end}));
      return group;
    }
    if (problem_) return std::nullopt;
    std::variant<Maybe, Problem> read = ReadTerm(token, tokens_[at_], field, negated, today_);
    if (Problem* wrong = std::get_if<Problem>(&read)) {
      Stop(std::move(*wrong));
      return std::nullopt;
    }
    return std::get<Maybe>(std::move(read));
  }

  // What stands between the parenthesis and the one that closes it.
  Maybe Group(const Token& open, const FieldName* field, bool negated, size_t depth) {
    if (depth + 1 > kMaxQueryDepth) {
      Stop({.at = open.span, .what = "the parentheses are nested deeper than " + std::to_string(kMaxQueryDepth)});
      return std::nullopt;
    }
    Maybe inner = Any(field, negated, depth + 1);
    if (problem_) return std::nullopt;
    if (Now().kind != Kind::kClose) {
      const Span end = Now().span;
      Stop({.at = open.span, .what = "this \"(\" is not closed", .instead = ")", .replaced = end});
      return std::nullopt;
    }
    ++at_;
    return inner;
  }

  const std::vector<Token> tokens_;
  const int32_t today_;
  size_t at_ = 0;
  std::optional<Problem> problem_;
};

std::optional<Problem> Parse(std::string_view text, int32_t today, Query* query) {
  std::vector<Token> tokens;
  if (std::optional<Problem> problem = Tokenize(text, &tokens)) return problem;
  Parser parser(std::move(tokens), today);
  query->root = parser.Run();
  if (parser.problem()) return std::move(parser.problem());
  if (Depth(query->root) > kMaxQueryDepth) {
    return Problem{.what = "the query is nested deeper than " + std::to_string(kMaxQueryDepth) + ": take it apart"};
  }
  if (const size_t count = CountNodes(query->root); count > kMaxQueryNodes) {
    return Problem{.what = "the query has " + std::to_string(count) + " conditions; it may have " +
                           std::to_string(kMaxQueryNodes) + ": shorten it"};
  }
  if (ToText(*query).size() > kMaxQueryBytes) {
    return Problem{.what = "the query has more than " + std::to_string(kMaxQueryBytes) +
                           " bytes when it is written out: shorten it"};
  }
  return std::nullopt;
}

QueryError ToError(std::string_view text, const Problem& problem) {
  QueryError error;
  error.column = 1 + static_cast<uint32_t>(std::count_if(text.begin(), text.begin() + problem.at.begin,
                                                         [](char c) { return (c & 0xc0) != 0x80; }));
  error.message = "column " + std::to_string(error.column) + ": " + problem.what;
  if (problem.instead) {
    error.suggestion = std::string(text.substr(0, problem.replaced.begin)) + *problem.instead +
                       std::string(text.substr(problem.replaced.end));
  }
  return error;
}

}  // namespace
}  // namespace query

StatusOr<Query> ParseQuery(std::string_view text, int32_t today) {
  Query parsed;
  std::optional<query::Problem> problem = query::Parse(text, today, &parsed);
  if (!problem) return parsed;
  const QueryError error = query::ToError(text, *problem);
  return InvalidArgument(error.message + (error.suggestion.empty() ? "" : "; did you mean " + error.suggestion + "?"));
}

std::optional<QueryError> CheckQuery(std::string_view text, int32_t today) {
  Query parsed;
  std::optional<query::Problem> problem = query::Parse(text, today, &parsed);
  if (!problem) return std::nullopt;
  return query::ToError(text, *problem);
}

}  // namespace daftar::search
