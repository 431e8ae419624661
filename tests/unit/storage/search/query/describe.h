// Queries as short texts that tests compare: "and(taliban title:"two words" not(actor=ttp))".
#pragma once

#include <string>
#include <string_view>

#include "storage/model/date.h"
#include "storage/search/query/query.h"

namespace daftar::search {

// A Wednesday.
inline int32_t Today() { return *DayNumber(2024, 5, 15); }

inline std::string Describe(const Node& node) {
  static constexpr std::string_view kFields[] = {
      "",      "title:", "text:", "actor=", "place=", "source=",  "country=", "province=",
      "kind=", "type=",  "tag=",  "id=",    "grade=", "marking=", "review=",  "has="};
  static constexpr std::string_view kMetrics[] = {"killed", "wounded", "captured", "missing", "roots", "accounts"};
  const std::string field(kFields[static_cast<int>(node.field)]);
  std::string inner;
  for (const Node& child : node.children) inner += (inner.empty() ? "" : " ") + Describe(child);
  auto day = [](int32_t d) { return d == INT32_MIN || d == INT32_MAX ? std::string() : IsoDay(d); };
  switch (node.op) {
    case Node::Op::kEverything:
      return "everything";
    case Node::Op::kAnd:
      return "and(" + inner + ")";
    case Node::Op::kOr:
      return "or(" + inner + ")";
    case Node::Op::kNot:
      return "not(" + inner + ")";
    case Node::Op::kWord:
      return field + (node.exact ? "=" : "") + node.text + (node.prefix ? "*" : "");
    case Node::Op::kPhrase:
      return field + "\"" + node.text + "\"";
    case Node::Op::kNamed:
      return field + node.text + (node.prefix ? "*" : "");
    case Node::Op::kCode:
      for (const std::string& code : node.codes) inner += (inner.empty() ? "" : ",") + code;
      return field + inner;
    case Node::Op::kDays:
      return "[" + day(node.first_day) + ".." + day(node.last_day) + "]";
    case Node::Op::kNumber:
      return std::string(kMetrics[static_cast<int>(node.metric)]) + "[" +
             std::to_string(static_cast<int64_t>(node.least)) + ".." +
             (node.most >= 1e300 ? "" : std::to_string(static_cast<int64_t>(node.most))) + "]";
    case Node::Op::kBox:
      return "box[" + std::to_string(node.box.south_e7) + " " + std::to_string(node.box.west_e7) + " " +
             std::to_string(node.box.north_e7) + " " + std::to_string(node.box.east_e7) + "]";
  }
  return "";
}

// What the text is read as, or why not.
inline std::string Read(std::string_view text) {
  StatusOr<Query> query = ParseQuery(text, Today());
  return query.ok() ? Describe(query->root) : Message(query.status());
}

}  // namespace daftar::search
