// What is being decided, said, judged or restored on a page, as it stands on the screen: the page of a record and that
// of its history. Words that are asked for are typed right where they are asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/forms/record_action.h"

namespace daftar::ui {

struct ReviewScreen {
  std::string record;                        // that the page is about: UUID
  std::optional<forms::RecordAction> asked;  // that words are asked for; they are typed into it
  bool fresh = false;                        // the next frame puts the keyboard into its field and clears this
  uint64_t over = 0;                         // the proposal that is accepted over newer changes by a second press
  bool show = false;                         // the next frame scrolls to comments and proposals and clears this
  bool busy = false;                         // something is on its way into the outbox
  std::string failure;                       // why the last was not done; empty: it was
};

}  // namespace daftar::ui
