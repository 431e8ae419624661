// What the schema knows has words in every language: constants of code lists, kinds, relations; fields: see
// codebook_test.cc.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include "client/language/catalogue.h"
#include "daftar/v1/codes.pb.h"

namespace daftar {
namespace {

class CodesTest : public ::testing::TestWithParam<Language> {
 protected:
  void Expect(const std::string& family, std::string_view constant) const {
    const std::string key = family + "." + std::string(constant);
    EXPECT_TRUE(MessagesOf(GetParam()).contains(key)) << "no message " << key;
  }
  void ExpectAll(const std::string& family, const google::protobuf::EnumDescriptor& list) const {
    for (int i = 0; i < list.value_count(); ++i) Expect(family, list.value(i)->name());
  }
};

TEST_P(CodesTest, EveryConstantOfACodeListHasWords) {
  const google::protobuf::FileDescriptor& file = *v1::RecordKind::descriptor()->file();
  ASSERT_GT(file.message_type_count(), 30);
  for (int i = 0; i < file.message_type_count(); ++i) {
    const google::protobuf::Descriptor& list = *file.message_type(i);
    for (int of = 0; of < list.enum_type_count(); ++of) {
      if (&list == v1::RelationType::descriptor()) {
        ExpectAll("relation", *list.enum_type(of));
        ExpectAll("relation_not", *list.enum_type(of));
      } else {
        ExpectAll(&list == v1::Attribute::descriptor() ? "attribute" : "code", *list.enum_type(of));
      }
    }
  }
}

TEST_P(CodesTest, EveryKindHasATitle) {
  for (int i = 0; i < v1::RecordKind::Code_descriptor()->value_count(); ++i) {
    const auto& kind = *v1::RecordKind::Code_descriptor()->value(i);
    if (kind.number() != v1::RecordKind::UNSET) Expect("kinds", kind.name());
  }
}

INSTANTIATE_TEST_SUITE_P(AllLanguages, CodesTest, testing::ValuesIn(AllLanguages()),
                         [](const auto& of) { return std::string(LanguageCode(of.param)); });

}  // namespace
}  // namespace daftar
