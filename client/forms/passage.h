// Reading a passage into an account: words of a pasted text are marked and become values of the account, each with the
// words that it was taken from and where they stand (Account.excerpt). The passage itself is no part of the record.
//
// The words become what the attribute can hold: of "on the night of 30 August 2023" a date is made, of "four armed men"
// a figure; all of them are kept as the wording. Where nothing in them can be read they are put into the field as they
// are, and are wrong there until somebody mends them. Pure functions on a form; its thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/forms/form.h"
#include "storage/authoring/find_spoken.h"

namespace daftar::forms {

// An attribute of accounts that words can be marked as, with its key on a keyboard.
struct Attribute {
  char letter;             // 'D', by place on an English keyboard
  std::string_view field;  // "date"
};
// All of them; an account of a kind may not have each.
std::span<const Attribute> Attributes();

// So many bytes of a passage are marked at once at most, as many as an excerpt holds.
inline constexpr size_t kMostMarkedBytes = 1000;

// Whether the first letter that says so runs from right to left.
bool RunsRightToLeft(std::string_view passage);

// What became of marked words.
struct Marked {
  Node field = 0;          // that took them; 0: the form is full, or there are none, or too many words
  bool is_record = false;  // it names a record, which the reader has to choose
};
// One step back undoes all of it. Words that are marked as a single value again take the place of the first ones.
// REQUIRES: words of the passage, an account of the form.
Marked Mark(Form& form, Node account, std::string_view passage, WordRange words, const Attribute& attribute,
            int64_t now_ms);

// Words that are marked in an account, where they still stand in the passage.
struct MarkedWords {
  WordRange words;
  Node excerpt = 0;  // the item that keeps them
  Node field = 0;    // that was made of them; 0: it is gone
};
std::vector<MarkedWords> MarkedIn(const Form& form, Node account, std::string_view passage);

// Takes an item of a list out, and with it the words that its values were taken from: what stands behind it keeps its
// own. For any item; one step back undoes all of it.
void TakeOut(Form& form, Node item, int64_t now_ms);

}  // namespace daftar::forms
