// The codebook: every code and every field of a form has its words in every language, and no words speak of what the
// schema does not have.
#include "client/language/codebook.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <unicode/unistr.h>

#include <set>

#include "client/language/catalogue.h"
#include "daftar/v1/codes.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/kind.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using Keys = std::set<std::string>;
using Filled = std::vector<const FieldDescriptor*>;

// The constants of all lists of which a person chooses one.
std::vector<const EnumValueDescriptor*> Constants() {
  std::vector<const EnumValueDescriptor*> all;
  const google::protobuf::FileDescriptor& file = *v1::RecordKind::descriptor()->file();
  for (int i = 0; i < file.message_type_count(); ++i) {
    if (file.message_type(i) == v1::RecordKind::descriptor()) continue;
    const EnumDescriptor& list = *file.message_type(i)->FindEnumTypeByName("Code");
    for (int at = 0; at < list.value_count(); ++at) all.push_back(list.value(at));
  }
  return all;
}

// The fields of a message and of all messages inside of it, without those of `spared` and without the keys of items.
void AddFields(const Descriptor& message, const std::set<const Descriptor*>& spared,
               std::set<const Descriptor*>& visited, Filled& to) {
  if (spared.contains(&message) || !visited.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.name() != "key") to.push_back(&field);
    if (field.message_type() != nullptr) AddFields(*field.message_type(), spared, visited, to);
  }
}

Filled FieldsOfRecords(const std::set<const Descriptor*>& spared) {
  Filled all;
  std::set<const Descriptor*> visited;
  for (const Kind kind : AllKinds()) AddFields(KindDescriptor(kind), spared, visited, all);
  return all;
}

// Comments and proposals have forms of their own.
Filled FieldsOfForms() { return FieldsOfRecords({v1::Comment::descriptor(), v1::Proposal::descriptor()}); }

std::string MeaningKey(const EnumValueDescriptor& constant) {
  return "meaning." + constant.type()->containing_type()->name() + "." + constant.name();
}

// Fields 30-46 of the records, which all of them have in common, have one message for all.
std::string HelpKey(const FieldDescriptor& field) {
  const bool of_record = field.file() == v1::Incident::descriptor()->file();
  const bool common = of_record && field.number() >= 30 && field.number() <= 46;
  return "help." + (common ? "Record" : field.containing_type()->name()) + "." + field.name();
}

const EnumValueDescriptor& Constant(const EnumDescriptor& list, int number) { return *list.FindValueByNumber(number); }
const FieldDescriptor& Field(const Descriptor& message, const char* name) { return *message.FindFieldByName(name); }

class CodebookTest : public ::testing::TestWithParam<Language> {
 protected:
  Keys KeysOf(const std::string& family) const {
    Keys keys;
    for (const auto& [key, message] : MessagesOf(GetParam())) {
      if (key.starts_with(family + ".")) keys.insert(key);
    }
    return keys;
  }
};

TEST_P(CodebookTest, DefinesEveryConstantThatSaysSomething) {
  const InLanguage spoken(GetParam());
  const Keys known = KeysOf("meaning");
  ASSERT_GT(Constants().size(), 300U);
  for (const EnumValueDescriptor* constant : Constants()) {
    if (constant->name() == "UNSET") continue;
    EXPECT_TRUE(known.contains(MeaningKey(*constant))) << "no message " << MeaningKey(*constant);
    EXPECT_NE(MeaningOf(*constant), "") << constant->full_name();
  }
}

TEST_P(CodebookTest, DefinesNoConstantThatThereIsNot) {
  Keys keys = KeysOf("meaning");
  for (const EnumValueDescriptor* constant : Constants()) {
    keys.erase(MeaningKey(*constant));
  }
  EXPECT_THAT(keys, testing::IsEmpty());
}

TEST_P(CodebookTest, HelpsWithEveryFieldOfAForm) {
  const InLanguage spoken(GetParam());
  const Keys known = KeysOf("help");
  ASSERT_GT(FieldsOfForms().size(), 150U);
  for (const FieldDescriptor* field : FieldsOfForms()) {
    EXPECT_TRUE(known.contains(HelpKey(*field))) << "no message " << HelpKey(*field);
    EXPECT_NE(HelpOf(*field), "") << field->full_name();
  }
}

TEST_P(CodebookTest, HelpsWithNoFieldThatThereIsNot) {
  Keys keys = KeysOf("help");
  for (const FieldDescriptor* field : FieldsOfForms()) keys.erase(HelpKey(*field));
  EXPECT_THAT(keys, testing::IsEmpty());
}

TEST_P(CodebookTest, NamesEveryFieldOfARecordAndOfWhatIsInside) {
  const Keys known = KeysOf("part");
  for (const FieldDescriptor* field : FieldsOfRecords({})) {
    EXPECT_TRUE(known.contains("part." + field->name())) << "no word for " << field->full_name();
  }
}

INSTANTIATE_TEST_SUITE_P(AllLanguages, CodebookTest, testing::ValuesIn(AllLanguages()),
                         [](const auto& of) { return std::string(LanguageCode(of.param)); });

TEST(CodebookWordsTest, AreShortEnoughToStandBesideAField) {
  for (const auto& [key, message] : MessagesOf(Language::kEnglish)) {
    const int length = icu::UnicodeString::fromUTF8(message).countChar32();
    if (key.starts_with("meaning.")) {
      EXPECT_LE(length, 240) << key;
    }
    if (key.starts_with("help.")) {
      EXPECT_LE(length, 160) << key;
    }
  }
}

TEST(CodebookWordsTest, AreInTheReadersLanguage) {
  const InLanguage russian(Language::kRussian);
  EXPECT_EQ(MeaningOf(Constant(*v1::UcdpType::Code_descriptor(), v1::UcdpType::ONE_SIDED)),
            "Вооружённая сила правительства или организованной группы против гражданских лиц.");
  EXPECT_EQ(HelpOf(Field(*v1::Relation::descriptor(), "to")),
            "Запись, к которой ведёт отношение, например основатель в отношении «основана».");
}

TEST(CodebookWordsTest, TellConstantsOfOneNameInSeveralListsApart) {
  EXPECT_NE(MeaningOf(Constant(*v1::IncidentKind::Code_descriptor(), v1::IncidentKind::AGREEMENT)),
            MeaningOf(Constant(*v1::AcledSub::Code_descriptor(), v1::AcledSub::AGREEMENT)));
}

TEST(CodebookWordsTest, OfCommonFieldsAreTheSameForEveryKindOfRecord) {
  const std::string help = HelpOf(Field(*v1::Incident::descriptor(), "tlp"));
  EXPECT_EQ(help, HelpOf(Field(*v1::AlertPeriod::descriptor(), "tlp")));
  EXPECT_NE(help, HelpOf(Field(*v1::Account::descriptor(), "tlp"))) << "an account is no record";
}

TEST(CodebookWordsTest, OfWhatNobodyFillsInAreNone) {
  EXPECT_EQ(HelpOf(Field(*v1::Account::descriptor(), "key")), "");
  EXPECT_EQ(MeaningOf(Constant(*v1::RecordKind::Code_descriptor(), v1::RecordKind::INCIDENT)), "");
}

}  // namespace
}  // namespace daftar
