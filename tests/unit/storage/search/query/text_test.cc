// Queries written as text again.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/unit/storage/search/query/describe.h"

namespace daftar::search {
namespace {

std::string Written(std::string_view text) {
  StatusOr<Query> query = ParseQuery(text, Today());
  return query.ok() ? ToText(*query) : Message(query.status());
}

// Whether the tree is as Query promises.
bool IsInOrder(const Node& node, const Node* parent) {
  using Op = Node::Op;
  const auto is_not = [](const Node& child) { return child.op == Op::kNot; };
  const size_t negated = static_cast<size_t>(std::count_if(node.children.begin(), node.children.end(), is_not));
  const bool group = node.op == Op::kAnd || node.op == Op::kOr;
  if (group ? node.children.size() < 2 : node.children.size() != (node.op == Op::kNot ? 1u : 0u)) return false;
  if (parent != nullptr && !node.children.empty() && parent->op == node.op) return false;
  if (negated > 0 && (node.op != Op::kAnd || negated == node.children.size())) return false;
  if (node.op == Op::kEverything && parent != nullptr) {
    if (parent->op != Op::kAnd || &parent->children.front() != &node) return false;
    if (!std::all_of(parent->children.begin() + 1, parent->children.end(), is_not)) return false;
  }
  return std::all_of(node.children.begin(), node.children.end(),
                     [&node](const Node& child) { return IsInOrder(child, &node); });
}

TEST(QueryTextTest, WritesOneFormOfManySpellings) {
  EXPECT_EQ(Written(" a   AND  b*"), "a b*");
  EXPECT_EQ(Written("NOT a | «в г»"), "-a OR \"в г\"");
  EXPECT_EQ(Written("a ((b) OR (c))"), "a (b OR c)");
  EXPECT_EQ(Written("title:(a b*)"), "title:a title:b*");
  EXPECT_EQ(Written("actor:(a OR \"b c\") x*"), "actor:a,\"b c\" x*");
  EXPECT_EQ(Written("country:Таджикистан tlp:amber+strict"), "country:TJ marking:amber_strict");
  EXPECT_EQ(Written("type:Attack,armed-clash,acled.other"), "type:attack,armed_clash,other");
  EXPECT_EQ(Written("type:acled.attack"), "type:acled.attack");
  EXPECT_EQ(Written("2023 before:2024-05 after:2022"), "date:2023 until:2024-04-30 since:2023-01-01");
  EXPECT_EQ(Written("killed:>3 wounded:..5 roots:2..2"), "killed:>=4 wounded:<=5 roots:2");
  EXPECT_EQ(Written("box:36.60,67,41.1,-0.5"), "box:36.6,67,41.1,-0.5");
  EXPECT_EQ(Written("sample:I01"), "id:sample:I01");
  EXPECT_EQ(Written(""), "");
}

TEST(QueryTextTest, EndsWithASpaceWhereTheLastWordIsWhole) {
  EXPECT_EQ(Written("clash "), "clash ");
  EXPECT_EQ(Written("cla"), "cla*");
  EXPECT_EQ(Written("\"clash\""), "\"clash\"");
}

TEST(QueryTextTest, WritesWhatWasSplicedFromAPasteWithoutItsMarks) {
  EXPECT_EQ(Written("\u202bactor:\u200fطالبان\u202c "), "actor:طالبان ");
}

TEST(QueryTextTest, ReadsBackWhatItWrote) {
  // Queries put together at random from pieces that each show one rule.
  const std::vector<std::string> pieces = {"clash",
                                           "c",
                                           "al-qa",
                                           "border*",
                                           "\"two words\"",
                                           "\"one\"",
                                           "«ду калима»",
                                           "2023",
                                           "2023-09..",
                                           "\"2023\"",
                                           "and",
                                           "AND",
                                           "OR",
                                           "NOT",
                                           "И",
                                           "|",
                                           "-",
                                           "(",
                                           ")",
                                           "title:",
                                           "title:(",
                                           "text:fire",
                                           "actor:a,b",
                                           "actor:tal*",
                                           "place:\"Khatlon Province\"",
                                           "id:sample:I01",
                                           "UCDP:123",
                                           "country:TJ,af",
                                           "kind:incident",
                                           "type:attack,clash",
                                           "type:acled.attack",
                                           "grade:b2",
                                           "tlp:red",
                                           "review:accepted",
                                           "has:date,point",
                                           "tag:\"a b\"",
                                           "killed:>3",
                                           "roots:2..5",
                                           "date:today",
                                           "before:1000",
                                           "after:2999",
                                           "until:1000-01-01",
                                           "since:-30d",
                                           "before:2024",
                                           "date:\"last week\"",
                                           "box:1,2,3,4",
                                           "near:1,2,3",
                                           "http://a.b",
                                           "12:30",
                                           "\u200f",
                                           "،",
                                           "...",
                                           "ǆ",
                                           "½",
                                           "don't",
                                           "a.b.c",
                                           "x,y",
                                           "*",
                                           "\""};
  std::mt19937 random(7);  // always the same queries
  int read = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t n = 1 + random() % 8; n > 0; --n) text += pieces[random() % pieces.size()] + (random() % 3 ? " " : "");
    StatusOr<Query> query = ParseQuery(text, Today());
    if (!query.ok()) continue;
    ++read;
    ASSERT_TRUE(query->root.op != Node::Op::kNot && IsInOrder(query->root, nullptr)) << text;
    const std::string written = ToText(*query);
    StatusOr<Query> again = ParseQuery(written, Today());
    ASSERT_TRUE(again.ok()) << text << " → " << written << ": " << again.status();
    ASSERT_TRUE(SameQuery(*again, *query))
        << text << " → " << written << ": " << Describe(query->root) << " became " << Describe(again->root);
    ASSERT_EQ(ToText(*again), written) << text;
  }
  EXPECT_GT(read, 4000);
}

TEST(QueryTextTest, TellsQueriesApart) {
  auto same = [](std::string_view a, std::string_view b) {
    return SameQuery(*ParseQuery(a, Today()), *ParseQuery(b, Today()));
  };
  EXPECT_TRUE(same("a b ", " a AND  b "));
  EXPECT_FALSE(same("a b", "b a"));
  EXPECT_FALSE(same("killed:3", "wounded:3"));
  EXPECT_FALSE(same("clash", "clash "));
  EXPECT_FALSE(same("box:1,2,3,4", "box:1,2,3,5"));
}

}  // namespace
}  // namespace daftar::search
