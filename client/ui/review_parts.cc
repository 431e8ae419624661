#include "client/ui/review_parts.h"

#include <algorithm>
#include <utility>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kWidestField = 620;

// The same but for what is typed and chosen in the line.
bool IsSame(const forms::RecordAction& a, const forms::RecordAction& b) {
  const bool comment = a.what == forms::RecordAction::What::kComment;
  return a.what == b.what && a.key == b.key && a.code == b.code && a.other == b.other && a.revision == b.revision &&
         (comment || a.part == b.part);
}

}  // namespace

void ReviewParts::Do(forms::RecordAction action) const {
  if (!free()) return;
  action.record = review.record;
  wishes.Act(action);
}

void ReviewParts::Ask(forms::RecordAction action) const {
  action.record = review.record;
  review.asked = std::move(action);
  review.fresh = true;
  review.failure.clear();
}

void ActionButton(const ReviewParts& parts, std::string_view label, const forms::RecordAction& action, bool asks,
                  std::string_view help, bool primary) {
  if (!parts.ui.Button(label, parts.free(), primary, help)) return;
  if (asks) {
    parts.Ask(action);
  } else {
    parts.Do(action);
  }
}

void ActionLink(const ReviewParts& parts, std::string_view label, const forms::RecordAction& action, bool asks,
                bool beside) {
  if (beside) parts.ui.Beside(parts.ui.Measure(label, Face::kSmall).x, 16);
  if (!parts.ui.LinkText(label, "", {Face::kSmall}) || !parts.free()) return;
  if (asks) {
    parts.Ask(action);
  } else {
    parts.Do(action);
  }
}

void DrawAsked(const ReviewParts& parts, const forms::RecordAction& action, std::string_view send,
               std::string_view hint) {
  Ui& ui = parts.ui;
  ReviewScreen& review = parts.review;
  if (!review.asked || !IsSame(*review.asked, action)) return;
  const bool fresh = std::exchange(review.fresh, false);
  FieldOptions options{.hint = std::string(hint), .focus = fresh};
  options.width = std::min(ImGui::GetContentRegionAvail().x, ui.Px(kWidestField));
  ui.Field(hint, review.asked->words, options);
  const bool entered = ImGui::IsItemDeactivated() &&
                       (ImGui::IsKeyPressed(keys::kEnter, false) || ImGui::IsKeyPressed(keys::kPadEnter, false));
  const bool given_up = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(keys::kEscape, false);
  if (fresh) ImGui::SetScrollHereY(0.5f);
  const bool may = parts.free() && (!review.asked->words.empty() || !forms::NeedsWords(*review.asked));
  const bool sent = ui.Button(send, may, true, Say("review.send_help"));
  const std::string cancel = Say("review.cancel");
  ui.Beside(ui.ButtonWidth(cancel));
  const bool left = ui.Button(cancel);
  if ((sent || entered) && may) {
    parts.Do(*review.asked);
  } else if (left || given_up) {
    review.asked.reset();
  }
}

void DrawFailure(const ReviewParts& parts) {
  if (parts.review.failure.empty()) return;
  parts.ui.Text("✗ " + parts.review.failure, {Face::kBody, &parts.ui.theme().red});
  parts.ui.Record(Role::kMark, parts.review.failure, "");
}

}  // namespace daftar::ui
