// A text that is being edited: what is typed, erased, pasted, marked and undone.
#include "client/ui/text/edit_buffer.h"

#include <gmock/gmock.h>

#include "client/ui/text/clean_text.h"
#include "storage/base/random.h"

namespace daftar::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Erasing = EditBuffer::Erasing;
using Outcome = EditBuffer::Outcome;

class HeldText final : public Clipboard {
 public:
  std::string Get() override { return text; }
  void Set(const std::string& copied) override { text = copied; }
  std::string text;
};

class EditBufferTest : public ::testing::Test {
 protected:
  // Letter by letter, ten in a second.
  void Type(std::string_view words) {
    for (size_t at = 0; at < words.size();) {
      size_t end = at + 1;
      while (end < words.size() && (words[end] & 0xC0) == 0x80) ++end;
      buffer.Insert(words.substr(at, end - at), true, now_ms += 100);
      at = end;
    }
  }
  void Begin(std::string_view text, size_t caret) {
    buffer.Reset(text);
    buffer.MoveTo({caret, false}, false);
  }
  void Erase(Erasing what) { buffer.Erase(what, now_ms += 100); }
  std::string Undone() {
    buffer.Undo();
    return buffer.text();
  }
  std::string Redone() {
    buffer.Redo();
    return buffer.text();
  }
  std::vector<std::string> Marked() {
    std::vector<std::string> words;
    for (const LabelledRange& mark : buffer.marks())
      words.push_back(buffer.text().substr(mark.range.begin, mark.range.end - mark.range.begin));
    return words;
  }

  EditBuffer buffer{1000};
  HeldText clipboard;
  int64_t now_ms = 0;
};

TEST_F(EditBufferTest, WhatIsTypedStandsBeforeTheCaret) {
  Type("Ансоруллоҳ");
  EXPECT_EQ(buffer.text(), "Ансоруллоҳ");
  EXPECT_EQ(buffer.caret().byte, buffer.text().size());
}

TEST_F(EditBufferTest, WhatIsNotUtf8IsRefused) {
  Type("a");
  EXPECT_EQ(buffer.Insert("b\xFFz", false, 1), Outcome::kNotText);
  EXPECT_EQ(buffer.text(), "a");
}

TEST_F(EditBufferTest, ControlCharactersAndOverridesAreLeftOut) {
  buffer.Insert("a\x01\x1B[\u202E\u202Ab\u0085c\uFEFF\td", false, 1);
  EXPECT_EQ(buffer.text(), "a[b\nc\td");
}

TEST_F(EditBufferTest, DirectionMarksAndJoinersStay) {
  buffer.Insert("می\u200Cشود\u200F \u2068x\u2069", false, 1);
  EXPECT_EQ(buffer.text(), "می\u200Cشود\u200F \u2068x\u2069");
}

TEST_F(EditBufferTest, LineEndsBecomeOne) {
  buffer.Insert("a\r\nb\rc\u2029d", false, 1);
  EXPECT_EQ(buffer.text(), "a\nb\nc\nd");
}

TEST_F(EditBufferTest, AnAccentIsComposedWithTheLetterBeforeIt) {
  Type("e");
  Type("\u0301");
  EXPECT_EQ(buffer.text(), "\u00E9");
  EXPECT_EQ(buffer.caret().byte, 2u);
}

TEST_F(EditBufferTest, ALetterIsComposedWithTheAccentBehindIt) {
  Begin("\u0301x", 0);
  Type("e");
  EXPECT_EQ(buffer.text(), "\u00E9x");
  EXPECT_EQ(buffer.caret().byte, 2u);
}

TEST_F(EditBufferTest, ErasingComposesWhatComesTogether) {
  Begin("e\n\u0301x", 2);
  Erase(Erasing::kCharacterBefore);
  EXPECT_EQ(buffer.text(), "\u00E9x");
  EXPECT_EQ(Undone(), "e\n\u0301x");
}

TEST_F(EditBufferTest, MarksAreOrderedAsTheNormalFormHasThem) {
  Type("q");
  Type("\u0307");
  Type("\u0323");
  EXPECT_EQ(buffer.text(), "q\u0323\u0307");
  EXPECT_EQ(buffer.caret().byte, buffer.text().size());
}

TEST_F(EditBufferTest, ACharacterIsErasedWithItsMarks) {
  Begin("aq\u0323\u0307b", 6);
  Erase(Erasing::kCharacterBefore);
  EXPECT_EQ(buffer.text(), "ab");
}

TEST_F(EditBufferTest, AFamilyIsOneCharacter) {
  const std::string family = "👩\u200D👧\u200D👦";
  Begin("a" + family + "b", 1 + family.size());
  Erase(Erasing::kCharacterBefore);
  EXPECT_EQ(buffer.text(), "ab");
  Begin("a" + family + "b", 1);
  Erase(Erasing::kCharacterBehind);
  EXPECT_EQ(buffer.text(), "ab");
}

TEST_F(EditBufferTest, ANonJoinerIsErasedBeforeItsLetter) {
  Type("می\u200C");
  Erase(Erasing::kCharacterBefore);
  EXPECT_EQ(buffer.text(), "می");
  Erase(Erasing::kCharacterBefore);
  EXPECT_EQ(buffer.text(), "م");
}

TEST_F(EditBufferTest, AtTheEndsThereIsNothingToErase) {
  Begin("a", 0);
  EXPECT_EQ(buffer.Erase(Erasing::kCharacterBefore, 1), Outcome::kNothing);
  EXPECT_EQ(buffer.Erase(Erasing::kWordBefore, 1), Outcome::kNothing);
  buffer.MoveTo({1, true}, false);
  EXPECT_EQ(buffer.Erase(Erasing::kCharacterBehind, 1), Outcome::kNothing);
  EXPECT_EQ(buffer.Erase(Erasing::kWordBehind, 1), Outcome::kNothing);
}

TEST_F(EditBufferTest, AWordIsErasedWithTheSpacesTowardsTheCaret) {
  Begin("one two  three", 9);
  Erase(Erasing::kWordBefore);
  EXPECT_EQ(buffer.text(), "one three");
  buffer.MoveTo({0, false}, false);
  Erase(Erasing::kWordBehind);
  EXPECT_EQ(buffer.text(), "three");
}

TEST_F(EditBufferTest, AWordOfPersianWithANonJoinerIsOne) {
  Begin("او می\u200Cشود", std::string("او می\u200Cشود").size());
  Erase(Erasing::kWordBefore);
  EXPECT_EQ(buffer.text(), "او ");
}

TEST_F(EditBufferTest, WhatIsTypedReplacesWhatIsSelected) {
  Begin("one two", 0);
  buffer.Select({4, 7});
  Type("2");
  EXPECT_EQ(buffer.text(), "one 2");
  EXPECT_EQ(Undone(), "one two");
  EXPECT_EQ(buffer.selected(), "two");
}

TEST_F(EditBufferTest, WhatHasNoRoomIsRefusedWhole) {
  EditBuffer small(4);
  EXPECT_EQ(small.Insert("abc", true, 1), Outcome::kDone);
  EXPECT_EQ(small.Insert("ҳҳ", false, 1), Outcome::kTooLong);
  EXPECT_EQ(small.text(), "abc");
}

TEST_F(EditBufferTest, ATextThatIsTooLongAlreadyMayBecomeShorter) {
  EditBuffer small(4);
  small.Reset("abcdef");
  EXPECT_EQ(small.Insert("g", true, 1), Outcome::kTooLong);
  EXPECT_EQ(small.Erase(Erasing::kCharacterBefore, 1), Outcome::kDone);
  EXPECT_EQ(small.text(), "abcde");
}

TEST_F(EditBufferTest, CutAndPasteBringItBack) {
  Begin("one دو three", 0);
  buffer.Select({4, 8});
  buffer.Cut(clipboard, 1);
  EXPECT_EQ(buffer.text(), "one  three");
  EXPECT_EQ(clipboard.text, "دو");
  buffer.MoveTo({0, false}, false);
  buffer.Paste(clipboard, 2);
  EXPECT_EQ(buffer.text(), "دوone  three");
}

TEST_F(EditBufferTest, NothingSelectedIsNotCopied) {
  clipboard.text = "kept";
  Begin("one", 1);
  buffer.Copy(clipboard);
  buffer.Cut(clipboard, 1);
  EXPECT_EQ(clipboard.text, "kept");
  EXPECT_EQ(buffer.text(), "one");
}

TEST_F(EditBufferTest, AWordIsUndoneAtOnce) {
  Type("one two three");
  EXPECT_EQ(Undone(), "one two ");
  EXPECT_EQ(Undone(), "one ");
  EXPECT_EQ(Undone(), "");
  EXPECT_EQ(buffer.Undo(), Outcome::kNothing);
  EXPECT_EQ(Redone(), "one ");
  EXPECT_EQ(Redone(), "one two ");
  EXPECT_EQ(Redone(), "one two three");
  EXPECT_EQ(buffer.Redo(), Outcome::kNothing);
}

TEST_F(EditBufferTest, APauseEndsAStep) {
  Type("one");
  now_ms += 1100;
  Type("two");
  EXPECT_EQ(Undone(), "one");
}

TEST_F(EditBufferTest, AMoveOfTheCaretEndsAStep) {
  Type("one");
  buffer.MoveTo({0, false}, false);
  buffer.MoveTo({3, true}, false);
  Type("two");
  EXPECT_EQ(Undone(), "one");
}

TEST_F(EditBufferTest, LettersErasedOneAfterTheOtherAreOneStep) {
  Type("one");
  for (int i = 0; i < 3; ++i) Erase(Erasing::kCharacterBefore);
  EXPECT_EQ(Undone(), "one");
  EXPECT_EQ(Undone(), "");
}

TEST_F(EditBufferTest, AnAccentIsUndoneWithTheWordThatItWasTypedIn) {
  Type("cafe\u0301s");
  EXPECT_EQ(buffer.text(), "caf\u00E9s");
  EXPECT_EQ(Undone(), "");
  EXPECT_EQ(Redone(), "caf\u00E9s");
}

TEST_F(EditBufferTest, WhatIsTypedAfterUndoingCannotBeRedone) {
  Type("one two");
  buffer.Undo();
  Type("2");
  EXPECT_EQ(buffer.Redo(), Outcome::kNothing);
  EXPECT_EQ(buffer.text(), "one 2");
}

TEST_F(EditBufferTest, TheOldestStepsGoWhereTheHistoryIsFull) {
  EditBuffer forgetful(1000, 1500);
  for (int i = 0; i < 100; ++i) forgetful.Insert("pasted ", false, 1);
  int undone = 0;
  while (forgetful.Undo() == Outcome::kDone) ++undone;
  EXPECT_GT(undone, 1);
  EXPECT_LT(undone, 20);
  EXPECT_EQ(forgetful.text().size(), (100u - static_cast<size_t>(undone)) * 7);
}

TEST_F(EditBufferTest, TwoPressesSelectAWordAndThreeAParagraph) {
  Begin("one two\nthree four\nfive", 0);
  buffer.Press({15, false}, 2);
  EXPECT_EQ(buffer.selected(), "four");
  buffer.Press({15, false}, 3);
  EXPECT_EQ(buffer.selected(), "three four");
  buffer.Press({15, false}, 1);
  EXPECT_EQ(buffer.selected(), "");
}

TEST_F(EditBufferTest, DrawnFromAWordWholeWordsAreSelected) {
  Begin("one two three", 0);
  buffer.Press({5, false}, 2);
  buffer.Drag({9, false});
  EXPECT_EQ(buffer.selected(), "two three");
  buffer.Drag({1, false});
  EXPECT_EQ(buffer.selected(), "one two");
}

TEST_F(EditBufferTest, WithShiftThePressGoesOnFromWhereItBegan) {
  Begin("one two", 1);
  buffer.PressOn({5, false});
  EXPECT_EQ(buffer.selected(), "ne t");
  buffer.Drag({0, false});
  EXPECT_EQ(buffer.selected(), "o");
}

TEST_F(EditBufferTest, TheCaretNeverStandsInsideOfACharacter) {
  Begin("aé👩\u200D👧b", 0);
  for (size_t byte = 0; byte <= buffer.text().size(); ++byte) {
    buffer.MoveTo({byte, false}, false);
    EXPECT_THAT(buffer.caret().byte, ::testing::AnyOf(0u, 1u, 3u, 14u, 15u));
  }
}

TEST_F(EditBufferTest, MarksStayWithTheirWords) {
  Begin("three men crossed", 0);
  buffer.set_marks({{{0, 5}, "killed"}, {{10, 17}, "type"}});
  Type("Then ");
  EXPECT_THAT(Marked(), ElementsAre("three", "crossed"));
  buffer.MoveTo({10, true}, false);
  Type("x");
  EXPECT_THAT(Marked(), ElementsAre("three", "crossed")) << "what is typed at the edge does not belong to it";
  buffer.MoveTo({7, true}, false);
  Type("y");
  EXPECT_THAT(Marked(), ElementsAre("thyree", "crossed"));
}

TEST_F(EditBufferTest, AMarkGoesWithTheLastOfItsWords) {
  Begin("three men crossed", 0);
  buffer.set_marks({{{0, 5}, "killed"}, {{10, 17}, "type"}});
  buffer.Select({3, 12});
  Erase(Erasing::kCharacterBefore);
  EXPECT_THAT(Marked(), ElementsAre("thr", "ossed"));
  buffer.SelectAll();
  Erase(Erasing::kCharacterBefore);
  EXPECT_THAT(Marked(), IsEmpty());
}

TEST_F(EditBufferTest, MarksBeyondTheTextAreCut) {
  Begin("one", 0);
  buffer.set_marks({{{1, 99}, "a"}, {{50, 60}, "b"}});
  EXPECT_THAT(Marked(), ElementsAre("ne"));
}

// Random edits, beside a plain string that is edited the same way without composing.
class RandomEdits : public ::testing::TestWithParam<uint64_t> {};

constexpr const char* kPieces[] = {"a",  " ",      "\n", "ب",  "می\u200C", "ҷ",  "e",  "\u0301", "\u0323",       "한",
                                   "한", "\u200D", "👩",  "🇹🇯", "ښتو",      "\t", "12", "\u064B", "\u0621\u0654", "و"};

std::string RandomText(SeededRandom& random) {
  std::string text;
  for (uint64_t i = random.Below(6); i > 0; --i) text += kPieces[random.Below(std::size(kPieces))];
  return text;
}

TEST_P(RandomEdits, LeaveValidTextAndAreAllUndone) {
  SeededRandom random(GetParam());
  EditBuffer buffer(400);
  buffer.Reset(RandomText(random));
  const std::string start = buffer.text();
  HeldText clipboard;
  Boundaries characters(Boundaries::Of::kCharacters);
  int64_t now_ms = 0;
  for (int i = 0; i < 400; ++i) {
    const std::string before = buffer.text();
    const ByteRange range = buffer.selection();
    Outcome outcome = Outcome::kNothing;
    std::string expected = before;
    now_ms += static_cast<int64_t>(random.Below(700));
    const uint64_t what = random.Below(8);
    if (what < 3) {
      const std::string typed = RandomText(random);
      outcome = buffer.Insert(typed, random.Below(2) == 0, now_ms);
      expected.replace(range.begin, range.end - range.begin, typed);
    } else if (what == 3) {
      outcome = buffer.Cut(clipboard, now_ms);
      expected.erase(range.begin, range.end - range.begin);
    } else if (what == 4) {
      outcome = buffer.Paste(clipboard, now_ms);
      expected.replace(range.begin, range.end - range.begin, clipboard.text);
    } else if (what == 5) {
      outcome = buffer.Erase(static_cast<Erasing>(random.Below(4)), now_ms);
      ASSERT_LE(buffer.text().size(), before.size() + 4);
      expected = buffer.text();  // what is a character is for others to test
    } else {
      buffer.MoveTo({random.Below(before.size() + 3), random.Below(2) == 0}, random.Below(2) == 0);
    }
    if (outcome == Outcome::kDone) {
      ASSERT_EQ(buffer.text(), Composed(expected)) << "step " << i;
    } else {
      ASSERT_EQ(buffer.text(), before) << "step " << i;
    }
    ASSERT_EQ(CleanText(buffer.text()), buffer.text()) << "step " << i;
    ASSERT_EQ(Composed(buffer.text()), buffer.text()) << "step " << i;
    ASSERT_TRUE(characters.At(buffer.text(), buffer.caret().byte)) << "step " << i;
    ASSERT_LE(buffer.text().size(), 400u);
  }
  const std::string end = buffer.text();
  while (buffer.Undo() == Outcome::kDone) ASSERT_EQ(Composed(buffer.text()), buffer.text());
  EXPECT_EQ(buffer.text(), start);
  while (buffer.Redo() == Outcome::kDone) ASSERT_EQ(Composed(buffer.text()), buffer.text());
  EXPECT_EQ(buffer.text(), end);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomEdits, ::testing::Range<uint64_t>(1, 60));

}  // namespace
}  // namespace daftar::text
