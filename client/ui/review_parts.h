// The parts of what is done to a record from its page: for the panels of pages alone.
#pragma once

#include <string>
#include <string_view>

#include "client/model/page.h"
#include "client/ui/screen.h"
#include "client/ui/widgets.h"

namespace daftar::ui {

// What the parts are given.
struct ReviewParts {
  Ui& ui;
  ReviewScreen& review;
  Wishes& wishes;

  bool free() const { return !review.busy; }
  // Does it now; or asks for words first, in a line where DrawAsked stands.
  void Do(forms::RecordAction action) const;
  void Ask(forms::RecordAction action) const;
};

// A button, or a quiet link, that does the action; one that asks for words opens their line. `help`: also its key.
void ActionButton(const ReviewParts& parts, std::string_view label, const forms::RecordAction& action, bool asks,
                  std::string_view help = "", bool primary = false);
void ActionLink(const ReviewParts& parts, std::string_view label, const forms::RecordAction& action, bool asks,
                bool beside);
// The line for words, if they are asked for this action: `send` is on its button, `hint` in its empty field.
void DrawAsked(const ReviewParts& parts, const forms::RecordAction& action, std::string_view send,
               std::string_view hint);
// Why the last thing was not done.
void DrawFailure(const ReviewParts& parts);

// The state of review with who set it, and what can be decided; keys for that.
void DrawReviewLine(const ReviewParts& parts, const Page& page);
// Proposals and comments, if there are any.
void DrawReviewSection(const ReviewParts& parts, const Page& page);
void DrawProposals(const ReviewParts& parts, const Page& page);
void DrawComments(const ReviewParts& parts, const Page& page);
// Others that an actor may be, and what editors have judged of them.
void DrawIdentity(const ReviewParts& parts, const Page& page);
// Two versions beside each other, and the way back to the older one.
void DrawComparison(const ReviewParts& parts, const RecordHistory& page);

}  // namespace daftar::ui
