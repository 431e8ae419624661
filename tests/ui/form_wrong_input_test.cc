// Wrong input in the window: what is wrong is drawn below its field, in the language of the reader, and the field keeps
// what was typed. That every field of the schema answers so is shown without a window, by client_forms_test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/forms/labels.h"
#include "client/language/language.h"
#include "client/ui/keys.h"
#include "tests/ui/typist.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

using testing::IsEmpty;
using testing::Not;
using ui::Role;

struct Wrong {
  const char *path, *text;
};

// One of each sort that is typed; codes and flags are chosen, and cannot be wrong there.
constexpr Wrong kWrong[] = {{"accounts[0].date", "30 Febtober 2023"},
                            {"accounts[0].killed[0]", "many"},
                            {"accounts[0].distance", "5 kg"},
                            {"accounts[0].point", "95, 10"},
                            {"accounts[0].place", "nowhere at all"},
                            {"accounts[0].confidence", "101"},
                            {"accounts[0].lang", "Tajik"},
                            {"event_clarity", "clear"}};

class FormWrongInputTest : public testing::TestWithParam<Language> {
 protected:
  const forms::Form& form() { return stage_.screen().editor->open.form; }
  const forms::Field& At(const char* path) { return form().field(form().Find(path)); }

  const InLanguage speaking_{GetParam()};
  Stage stage_{"daftar:list/incident"};
  Typist typist_{stage_};
};

TEST_P(FormWrongInputTest, IsAnsweredBelowItsField) {
  stage_.Resize(1280, 3000);  // all of the form is in sight
  ASSERT_TRUE(typist_.Begin("incident"));
  for (const Wrong& wrong : kWrong) ASSERT_TRUE(typist_.Fill({wrong.path, wrong.text})) << wrong.path;
  stage_.Pass(0);
  stage_.Pass(1000);
  stage_.Settle();
  for (const Wrong& wrong : kWrong) {
    ASSERT_THAT(At(wrong.path).problems, Not(IsEmpty())) << wrong.path;
    EXPECT_EQ(At(wrong.path).text, wrong.text);
    const ui::Widget field = stage_.Seen(Role::kField, forms::FullLabelOf(form(), form().Find(wrong.path)));
    const ui::Widget mark = stage_.Seen(Role::kMark, At(wrong.path).problems.front());
    EXPECT_EQ(field.value, wrong.text);
    // Nothing that is typed into stands between the two.
    EXPECT_GT(mark.top, field.top) << wrong.path;
    for (const ui::Widget& other : stage_.widgets()) {
      const bool typed = other.role == Role::kField || other.role == Role::kChoice;
      const bool same_column = other.left < field.right && other.right > field.left;
      EXPECT_FALSE(typed && same_column && other.top > field.top + 1 && other.top < mark.top)
          << wrong.path << ": " << other.label;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(InFourLanguages, FormWrongInputTest,
                         testing::Values(Language::kEnglish, Language::kRussian, Language::kTajik, Language::kDari));

}  // namespace
}  // namespace daftar
