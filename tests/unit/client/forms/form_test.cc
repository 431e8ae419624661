// The tree of a form: paths, items, undo and redo.
#include "client/forms/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/random.h"

namespace daftar::forms {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Node Add(Form& form, std::string_view path) { return form.AddItem(form.Find(path), 0); }
void Type(Form& form, std::string_view path, std::string text, int64_t now_ms = 0) {
  const Node node = form.Find(path);
  ASSERT_NE(node, 0U) << path;
  form.SetText(node, std::move(text), now_ms);
}
std::string TextAt(const Form& form, std::string_view path) { return form.field(form.Find(path)).text; }

TEST(FormTest, LeadsByAPathToItsFieldAndBack) {
  Form form("incident");
  Add(form, "accounts");
  Add(form, "accounts");
  Add(form, "accounts[1].killed");
  for (const char* path : {"names", "acled", "accounts[1].source", "accounts[1].date", "accounts[1].killed[0]",
                           "accounts[0].period.from", "notes"}) {
    const Node node = form.Find(path);
    ASSERT_NE(node, 0U) << path;
    EXPECT_EQ(form.PathOf(node), path);
  }
  EXPECT_EQ(form.field(form.Find("accounts[1].date")).spec->type, FieldType::kDate);
  EXPECT_EQ(form.field(form.Find("accounts[1].killed[0]")).spec->type, FieldType::kToll);
}

TEST(FormTest, KnowsNoPathThatIsNot) {
  Form form("place");
  for (const char* path : {"", "x", "accounts", "names[0]", "point.x", "kind[0]", "kind.x", "names[", "names[a]"}) {
    EXPECT_EQ(form.Find(path), 0U) << path;
  }
}

TEST(FormTest, TakesBothTheNameOfJsonAndThatOfTheProto) {
  Form form("incident");
  EXPECT_EQ(form.Find("account"), form.Find("accounts"));
}

TEST(FormTest, UndoesWhatWasTypedInOneGo) {
  Form form("incident");
  Type(form, "notes", "s", 0);
  Type(form, "notes", "se", 200);
  Type(form, "notes", "seen", 500);
  Type(form, "notes", "seen twice", 5000);
  form.Undo();
  EXPECT_EQ(TextAt(form, "notes"), "seen");
  form.Undo();
  EXPECT_EQ(TextAt(form, "notes"), "");
  EXPECT_FALSE(form.can_undo());
  form.Redo();
  form.Redo();
  EXPECT_EQ(TextAt(form, "notes"), "seen twice");
  EXPECT_FALSE(form.can_redo());
}

TEST(FormTest, BringsBackAnItemThatWasTakenOut) {
  Form form("incident");
  const Node item = Add(form, "accounts");
  Type(form, "accounts[0].source", "S1");
  form.RemoveItem(item, 0);
  EXPECT_THAT(form.ItemsOf(form.Find("accounts")), IsEmpty());
  form.Undo();
  EXPECT_EQ(TextAt(form, "accounts[0].source"), "S1");
}

TEST(FormTest, UndoesTogetherWhatWasDoneTogether) {
  Form form("incident");
  Type(form, "notes", "before", 0);
  form.BeginTogether();
  Add(form, "tags");
  Type(form, "tags[0].text", "border");
  Add(form, "tags");
  form.EndTogether();
  EXPECT_THAT(form.ItemsOf(form.Find("tags")), SizeIs(2));
  form.Undo();
  EXPECT_THAT(form.ItemsOf(form.Find("tags")), IsEmpty());
  EXPECT_EQ(TextAt(form, "notes"), "before");
  form.Redo();
  EXPECT_EQ(TextAt(form, "tags[0].text"), "border");
}

TEST(FormTest, ForgetsWhatWasUndoneOnceSomethingElseIsTyped) {
  Form form("incident");
  Type(form, "notes", "a", 0);
  form.Undo();
  Type(form, "notes", "b", 0);
  EXPECT_FALSE(form.can_redo());
}

TEST(FormTest, IsTouchedOnlyWhileSomethingDiffers) {
  Form form("incident");
  EXPECT_FALSE(form.touched());
  Type(form, "notes", "x", 0);
  EXPECT_TRUE(form.touched());
  Type(form, "notes", "", 0);
  EXPECT_FALSE(form.touched());
  const Node item = Add(form, "accounts");
  EXPECT_TRUE(form.touched());
  form.RemoveItem(item, 0);
  EXPECT_FALSE(form.touched());
}

TEST(FormTest, ForgetsTheOldestStepsWhereUndoTakesTooMuch) {
  Form form("incident");
  const std::string large(1 << 20, 'x');
  for (int64_t i = 0; i < 40; ++i) Type(form, "notes", large + std::to_string(i), i * 10'000);
  size_t steps = 0;
  while (form.can_undo()) {
    form.Undo();
    ++steps;
  }
  EXPECT_GT(steps, 1U);
  EXPECT_LT(steps, 10U);
}

// What of a form can be seen: paths and texts.
std::vector<std::string> Seen(const Form& form) {
  std::vector<std::string> seen;
  for (const Node node : form.AllFields()) seen.push_back(form.PathOf(node) + " " + form.field(node).text);
  return seen;
}

TEST(FormTest, ComesBackToEveryStateByUndoAndRedo) {
  SeededRandom random(3);
  for (int round = 0; round < 30; ++round) {
    Form form("incident");
    std::vector<std::vector<std::string>> states = {Seen(form)};
    for (int step = 0; step < 40; ++step) {
      const std::vector<Node> fields = form.AllFields();
      const Node node = fields[random.Below(fields.size())];
      const Field& field = form.field(node);
      if (field.spec->list && random.Below(3) == 0 && !form.ItemsOf(node).empty()) {
        form.RemoveItem(form.ItemsOf(node).back(), step * 10'000);
      } else if (field.spec->list) {
        form.AddItem(node, step * 10'000);
      } else if (field.items.empty()) {
        form.SetText(node, "t" + std::to_string(step), step * 10'000);
      } else {
        continue;
      }
      states.push_back(Seen(form));
    }
    for (size_t at = states.size() - 1; at > 0; --at) {
      ASSERT_EQ(Seen(form), states[at]);
      form.Undo();
    }
    ASSERT_EQ(Seen(form), states[0]);
    for (size_t at = 1; at < states.size(); ++at) {
      form.Redo();
      ASSERT_EQ(Seen(form), states[at]);
    }
  }
}

TEST(FieldSpecTest, AsksForEveryFieldOfEveryKindThatPeopleFillIn) {
  for (const char* kind : {"incident", "actor", "place", "source", "relation", "alert_period"}) {
    const GroupSpec& spec = SpecOf(kind);
    EXPECT_NE(spec.Find("names"), nullptr) << kind;
    EXPECT_NE(spec.Find("tags"), nullptr) << kind;
    EXPECT_EQ(spec.Find("key"), nullptr) << kind;
    EXPECT_EQ(spec.Find("retired"), nullptr) << kind;
  }
  EXPECT_EQ(SpecOf("incident").Find("parent")->refers, std::vector<std::string>{"incident"});
  EXPECT_TRUE(SpecOf("relation").Find("from")->refers.empty());
}

}  // namespace
}  // namespace daftar::forms
