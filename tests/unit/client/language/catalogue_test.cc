// The messages: every key in every language, with the same arguments, and none that ICU cannot read.
#include "client/language/catalogue.h"

#include <gmock/gmock.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include <set>

namespace daftar {
namespace {

class CatalogueTest : public ::testing::TestWithParam<Language> {};

// The names of a message's arguments; nullopt for what is no message.
std::optional<std::set<std::string>> ArgumentsOf(const std::string& message) {
  UErrorCode status = U_ZERO_ERROR;
  icu::MessageFormat format(icu::UnicodeString::fromUTF8(message), icu::Locale("en"), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::set<std::string> names;
  const std::unique_ptr<icu::StringEnumeration> all(format.getFormatNames(status));
  while (const icu::UnicodeString* name = all->snext(status)) {
    std::string text;
    names.insert(name->toUTF8String(text));
  }
  return names;
}

TEST_P(CatalogueTest, HasEveryKeyThatEnglishHasAndNoOther) {
  std::vector<std::string> missing, unknown;
  for (const auto& [key, message] : MessagesOf(Language::kEnglish)) {
    if (!MessagesOf(GetParam()).contains(key)) missing.push_back(key);
  }
  for (const auto& [key, message] : MessagesOf(GetParam())) {
    if (!MessagesOf(Language::kEnglish).contains(key)) unknown.push_back(key);
  }
  EXPECT_THAT(missing, testing::IsEmpty());
  EXPECT_THAT(unknown, testing::IsEmpty());
}

TEST_P(CatalogueTest, SaysTheSameArgumentsAsEnglish) {
  for (const auto& [key, message] : MessagesOf(GetParam())) {
    const auto own = ArgumentsOf(message);
    ASSERT_TRUE(own.has_value()) << key << ": ICU cannot read \"" << message << "\"";
    const auto english = MessagesOf(Language::kEnglish).find(key);
    if (english == MessagesOf(Language::kEnglish).end()) continue;
    EXPECT_EQ(own, ArgumentsOf(english->second)) << key;
  }
}

TEST_P(CatalogueTest, SaysNothingWithoutWords) {
  for (const auto& [key, message] : MessagesOf(GetParam())) EXPECT_FALSE(message.empty()) << key;
}

INSTANTIATE_TEST_SUITE_P(AllLanguages, CatalogueTest, testing::ValuesIn(AllLanguages()),
                         [](const auto& of) { return std::string(LanguageCode(of.param)); });

TEST(MessageFileTest, IsLinesOfKeysAndMessages) {
  Messages messages;
  ASSERT_TRUE(AddMessages("a.txt", "# a comment\n\na.b = one\n  and more\nc = a = b\n", messages).ok());
  EXPECT_EQ(messages, (Messages{{"a.b", "one and more"}, {"c", "a = b"}}));
}

TEST(MessageFileTest, ThatIsWrongIsRefusedWithItsLine) {
  for (const char* wrong : {"a = b\nno message\n", "a = b\na = c\n", "# nothing\n goes on\n"}) {
    Messages messages;
    const Status status = AddMessages("a.txt", wrong, messages);
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr("a.txt:2"));
  }
}

}  // namespace
}  // namespace daftar
