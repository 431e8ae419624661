// What keys do in a passage that is being read: for form_passage.cc and passage_keys.cc alone.
#pragma once

#include <string>

#include "client/forms/passage.h"
#include "client/ui/form_parts.h"
#include "client/ui/passage_screen.h"

namespace daftar::ui {

// A passage on the screen, and the account that it is read into.
struct PassageParts {
  FormParts& form;
  PassageScreen& passage;
  forms::Node account = 0;
};

// The words that are selected, without white space at their ends; empty: none.
WordRange SelectedWords(const PassageParts& parts);
// They become a value of the account.
void MarkSelected(PassageParts& parts, const forms::Attribute& attribute);
// The next words that look like a value are selected, or the ones before.
void SelectCandidate(PassageParts& parts, bool next);
// Their value is what it looks like.
void TakeCandidate(PassageParts& parts);
// The marks of the selected words go; what was made of them stays.
void UnmarkSelected(PassageParts& parts);
// A record that is asked for, or a code, is chosen; nullptr: nothing is.
void Answer(PassageParts& parts, const std::string* value);

// What can be chosen by a key, at most: by a digit, then by a letter.
inline constexpr size_t kMostAnswers = 35;
constexpr char AnswerKey(size_t number) { return static_cast<char>(number < 9 ? '1' + number : 'A' + (number - 9)); }

// While the passage has the keyboard.
void HandlePassageKeys(PassageParts& parts);

}  // namespace daftar::ui
