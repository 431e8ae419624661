#include "storage/search/analysis/tokenizer.h"

#include <gmock/gmock.h>

#include "storage/search/analysis/fold.h"
#include "tests/unit/storage/search/analysis/random_text.h"

namespace daftar::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Words(Tokenizer* tokenizer, std::string_view text) {
  std::vector<Token> tokens;
  tokenizer->Tokenize(text, &tokens);
  std::vector<std::string> words;
  for (const Token& token : tokens) words.emplace_back(tokenizer->word(token.word));
  return words;
}

// The bytes of the text that each word was made of.
std::vector<std::string> Places(std::string_view text) {
  Tokenizer tokenizer;
  std::vector<Token> tokens;
  tokenizer.Tokenize(text, &tokens);
  std::vector<std::string> places;
  for (const Token& token : tokens) places.emplace_back(text.substr(token.begin, token.end - token.begin));
  return places;
}

TEST(TokenizerTest, AWordHasOneNumberInAllItsSpellings) {
  Tokenizer tokenizer;
  std::vector<Token> tokens;
  tokenizer.Tokenize("Taliban, TALIBAN and “taliban”", &tokens);
  ASSERT_EQ(tokens.size(), 4u);
  EXPECT_EQ(tokens[0].word, tokens[1].word);
  EXPECT_EQ(tokens[0].word, tokens[3].word);
  EXPECT_EQ(tokenizer.size(), 2u);
}

TEST(TokenizerTest, ASpellingIsFoldedOnce) {
  Tokenizer tokenizer;
  Words(&tokenizer, "Дарвоз درواز Darvoz Дарвоз درواز Darvoz");
  EXPECT_EQ(tokenizer.spellings(), 3u);
}

TEST(TokenizerTest, NumbersAreDenseInOrderOfAppearance) {
  Tokenizer tokenizer;
  Words(&tokenizer, "b a b c");
  EXPECT_EQ(tokenizer.word(0), "b");
  EXPECT_EQ(tokenizer.word(1), "a");
  EXPECT_EQ(tokenizer.word(2), "c");
}

TEST(TokenizerTest, ATextWithoutWordsHasNoTokens) {
  Tokenizer tokenizer;
  EXPECT_THAT(Words(&tokenizer, ""), IsEmpty());
  EXPECT_THAT(Words(&tokenizer, " — … 😀 \xff ' "), IsEmpty());
}

TEST(TokenizerTest, PlacesAreThoseOfTheSpelling) {
  EXPECT_THAT(Places("IS-KP («Хуросон»)، ولایت"), ElementsAre("IS", "KP", "Хуросон", "ولایت"));
}

TEST(TokenizerTest, PlacesLeaveOutWhatIsDroppedAtTheEnds) {
  EXPECT_THAT(Places("‘quoted’ 😀smile\u200f"), ElementsAre("quoted", "smile\u200f"));
}

TEST(TokenizerTest, PlacesHoldWhatIsDroppedWithin) {
  EXPECT_THAT(Places(" می‌شود "), ElementsAre("می‌شود"));
}

TEST(TokenizerTest, ACharacterOfTwoWordsIsThePlaceOfBoth) { EXPECT_THAT(Places("½"), ElementsAre("½", "½")); }

TEST(TokenizerTest, WordsAreThoseOfFoldedWordsForAnyBytes) {
  RandomText random(1);
  Tokenizer tokenizer;
  for (int i = 0; i < 60000; ++i) {
    const std::string text = random.Next(24);
    ASSERT_EQ(Words(&tokenizer, text), FoldedWords(text)) << testing::PrintToString(text);
    ASSERT_EQ(Words(&tokenizer, text), FoldedWords(text)) << "the second time: " << testing::PrintToString(text);
  }
}

TEST(TokenizerTest, PlacesLieWithinTheTextAndNeverGoBack) {
  RandomText random(2);
  Tokenizer tokenizer;
  std::vector<Token> tokens;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = random.Next(24);
    tokenizer.Tokenize(text, &tokens);
    uint32_t begin = 0, end = 0;
    for (const Token& token : tokens) {
      ASSERT_LT(token.begin, token.end);
      ASSERT_LE(token.end, text.size());
      ASSERT_LE(begin, token.begin);
      ASSERT_LE(end, token.end);
      begin = token.begin;
      end = token.end;
    }
  }
}

TEST(TokenizerTest, APlaceFoldsToItsWord) {
  // Of texts without characters that are several words.
  for (std::string_view text :
       {"Ҷамоати «Ансоруллоҳ», Дарвоз", "حزب‌التحریر و طالبان؛ ۱۲۳", "O‘zbekiston Qur’on é́"}) {
    Tokenizer tokenizer;
    std::vector<Token> tokens;
    tokenizer.Tokenize(text, &tokens);
    for (const Token& token : tokens) {
      EXPECT_THAT(FoldedWords(text.substr(token.begin, token.end - token.begin)),
                  ElementsAre(std::string(tokenizer.word(token.word))));
    }
  }
}

TEST(TokenizerTest, WhatIsNotRememberedIsFoldedAllTheSame) {
  Tokenizer tokenizer(2);
  const std::string text = "one Two three-FOUR пять ½шесть one";
  EXPECT_EQ(Words(&tokenizer, text), FoldedWords(text));
  EXPECT_EQ(Words(&tokenizer, text), FoldedWords(text));
  EXPECT_EQ(tokenizer.spellings(), 2u);
}

TEST(TokenizerTest, AVeryLongWordIsCutAndNotRemembered) {
  Tokenizer tokenizer;
  EXPECT_THAT(Words(&tokenizer, std::string(1000, 'X')), ElementsAre(std::string(kMaxWordBytes, 'x')));
  EXPECT_EQ(tokenizer.spellings(), 0u);
}

TEST(TokenizerTest, ManySpellingsKeepTheirWords) {
  Tokenizer tokenizer;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 20000; ++i) {
      const std::string word = "w" + std::to_string(i);
      ASSERT_THAT(Words(&tokenizer, word), ElementsAre(word));
    }
  }
  EXPECT_EQ(tokenizer.size(), 20000u);
}

}  // namespace
}  // namespace daftar::search
