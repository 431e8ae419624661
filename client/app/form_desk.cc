#include "client/app/form_desk.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/forms/labels.h"
#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/ui/passage_screen.h"
#include "storage/authoring/spoken_point.h"

namespace daftar::app {
namespace {

constexpr double kPickZoom = 10;  // a district fills the map

using Slot = QueryWorker::Slot;

}  // namespace

ui::EditorScreen* FormDesk::Find(uint64_t number) {
  if (screen_.editor && screen_.editor->open.number == number) return &*screen_.editor;
  const auto at = aside_.find(number);
  return at == aside_.end() ? nullptr : &at->second;
}

void FormDesk::Begin(const forms::Wish& wish) {
  worker_.Ask(Slot::kFormBegin, [this, wish](const std::atomic<bool>&) {
    StatusOr<forms::OpenForm> begun = library_.BeginForm(wish);
    return [this, begun = std::move(begun)]() mutable {
      if (!begun.ok()) return hooks_.tell([status = begun.status()] { return Message(status); });
      const uint64_t number = begun->number;
      kept_[number] = forms::StateOf(*begun);
      aside_.insert_or_assign(number, ui::EditorScreen{.open = *std::move(begun)});
      hooks_.open(FormAddress(number));
    };
  });
}

void FormDesk::PutAside() {
  if (!screen_.editor) return;
  const uint64_t number = screen_.editor->open.number;
  aside_.insert_or_assign(number, std::move(*screen_.editor));
  screen_.editor.reset();
  check_due_ms_.reset();
  Keep();
}

void FormDesk::Shown(const Content& content) {
  if (!std::holds_alternative<MapPage>(content)) pick_.reset();
  const FormPage* page = std::get_if<FormPage>(&content);
  if (page == nullptr) return PutAside();
  if (screen_.editor && screen_.editor->open.number == page->number) return;
  PutAside();
  const auto at = aside_.find(page->number);
  if (at == aside_.end()) return TakeUp(page->number);
  ui::EditorScreen editor = std::move(at->second);
  aside_.erase(at);
  editor.fresh = editor.focus == 0;
  screen_.editor = std::move(editor);
}

void FormDesk::TakeUp(uint64_t number) {
  worker_.Ask(Slot::kFormBegin, [this, number](const std::atomic<bool>&) {
    StatusOr<forms::OpenForm> taken = library_.TakeUpForm(number);
    return [this, number, taken = std::move(taken)]() mutable {
      const FormPage* page = std::get_if<FormPage>(&screen_.content);
      if (page == nullptr || page->number != number) return;
      if (!taken.ok()) {
        screen_.content = Trouble{Message(taken.status())};
        return;
      }
      kept_[number] = forms::StateOf(*taken);
      screen_.editor = ui::EditorScreen{.open = *std::move(taken)};
      Check();
    };
  });
}

void FormDesk::Typed(forms::Node field) {
  if (!screen_.editor) return;
  if (field != 0) forms::Typed(screen_.editor->open.form, field);
  if (field == 0) screen_.editor->open.reason_problems.clear();
  typed_ = true;
  screen_.editor->state = Say("own.saving");
  screen_.editor->failure.clear();
}

void FormDesk::ReadPassage() {
  if (!screen_.editor) return;
  const uint64_t number = screen_.editor->open.number;
  worker_.Ask(Slot::kFormPassage,
              [this, number, passage = screen_.editor->open.passage](const std::atomic<bool>& stop) {
                StatusOr<std::vector<forms::Candidate>> found = library_.CandidatesIn(passage, stop);
                return [this, number, passage, found = std::move(found)] {
                  ui::EditorScreen* editor = Find(number);
                  const bool same = editor != nullptr && editor->passage && editor->open.passage == passage;
                  // Without them words are marked all the same.
                  if (same && found.ok()) editor->passage->candidates = *found;
                };
              });
}

void FormDesk::Complete(forms::Node field) {
  if (!screen_.editor) return;
  screen_.editor->completing = field;
  screen_.editor->suggestions.clear();
  const uint64_t number = screen_.editor->open.number;
  worker_.Ask(Slot::kForm,
              [this, number, field, copy = screen_.editor->open.form.field(field)](const std::atomic<bool>&) {
                StatusOr<std::vector<PageLink>> found = library_.SuggestFor(copy);
                return [this, number, field, found = std::move(found)] {
                  ui::EditorScreen* editor = Find(number);
                  if (editor == nullptr || editor->completing != field || !found.ok()) return;
                  editor->suggestions = *found;
                };
              });
}

MapPlace FormDesk::BeginPick(forms::Node field) {
  const forms::OpenForm& open = screen_.editor->open;
  pick_ = Pick{open.number, field, forms::FullLabelOf(open.form, field)};
  MapPlace place;
  const StatusOr<SpokenPoint> point = ReadPoint(open.form.field(field).text);
  if (!point.ok()) return place;
  place.centre = FromE7(point->lat_e7, point->lon_e7);
  place.zoom = kPickZoom;
  return place;
}

void FormDesk::Picked(LatLon at) {
  ui::EditorScreen* editor = pick_ ? Find(pick_->form) : nullptr;
  if (editor == nullptr) return;
  // To eleven metres: more than a map can show.
  const auto rounded = [](double degrees) { return static_cast<int32_t>(std::lround(degrees * 1e4) * 1000); };
  editor->open.form.SetText(pick_->field, WritePoint({rounded(at.latitude), rounded(at.longitude)}), now_ms_);
  forms::Typed(editor->open.form, pick_->field);
  editor->focus = pick_->field;
  ++editor->generation;
  typed_ = true;
  GiveUp();
}

void FormDesk::GiveUp() {
  if (!pick_) return;
  const std::string address = FormAddress(pick_->form);
  pick_.reset();
  hooks_.leave(address);
}

void FormDesk::Check() {
  check_due_ms_.reset();
  if (!screen_.editor || screen_.editor->busy) return;
  worker_.Ask(Slot::kFormCheck, [this, open = screen_.editor->open](const std::atomic<bool>&) mutable {
    const uint64_t changes = forms::StateOf(open);
    const StatusOr<bool> checked = library_.CheckForm(open);
    return [this, changes, checked, open = std::move(open)]() mutable {
      ui::EditorScreen* editor = Find(open.number);
      // What was typed since is newer than what was checked.
      if (editor == nullptr || forms::StateOf(editor->open) != changes) return;
      if (!checked.ok()) {
        editor->failure = Message(checked.status());
        return;
      }
      editor->open = std::move(open);
    };
  });
}

void FormDesk::Preview() {
  if (!screen_.editor || screen_.editor->busy) return;
  screen_.editor->failure.clear();
  worker_.Ask(Slot::kFormPreview, [this, open = screen_.editor->open](const std::atomic<bool>&) mutable {
    StatusOr<forms::BulkPreview> preview = library_.PreviewBulk(open);
    return [this, preview = std::move(preview), open = std::move(open)]() mutable {
      ui::EditorScreen* editor = Find(open.number);
      if (editor == nullptr || forms::StateOf(editor->open) != forms::StateOf(open)) return;
      editor->asked = true;
      editor->open = std::move(open);
      if (!preview.ok()) {
        editor->failure = Message(preview.status());
        return editor->preview.reset();
      }
      editor->open.bulk->previewed = preview->what;
      editor->preview = *std::move(preview);
      editor->show_preview = true;
    };
  });
}

void FormDesk::Send() {
  if (!screen_.editor || screen_.editor->busy) return;
  if (screen_.editor->open.bulk && !screen_.editor->shows_preview()) return Preview();
  screen_.editor->asked = screen_.editor->busy = true;
  worker_.Ask(Slot::kSubmit, [this, open = screen_.editor->open](const std::atomic<bool>&) mutable {
    const StatusOr<uint64_t> queued = library_.SendForm(open);
    return [this, queued, open = std::move(open)]() mutable {
      ui::EditorScreen* editor = Find(open.number);
      if (editor == nullptr) return;
      editor->busy = false;
      if (!queued.ok()) {
        editor->failure = Message(queued.status());
        editor->open = std::move(open);
        return;
      }
      const uint64_t number = open.number;
      if (screen_.editor && screen_.editor->open.number == number) screen_.editor.reset();
      aside_.erase(number);
      kept_.erase(number);
      hooks_.sent(open.bulk.has_value());
      hooks_.leave(open.bulk ? SearchAddress(open.bulk->query, open.form.kind())
                             : RecordAddress(open.form.kind(), open.id.ToString()));
    };
  });
}

void FormDesk::Drop() {
  if (!screen_.editor || screen_.editor->busy) return;
  const uint64_t number = screen_.editor->open.number;
  screen_.editor->busy = true;
  worker_.Ask(Slot::kSubmit, [this, number](const std::atomic<bool>&) {
    const Status dropped = library_.DropForm(number);
    return [this, number, dropped] {
      ui::EditorScreen* editor = Find(number);
      if (editor == nullptr) return;
      editor->busy = false;
      if (!dropped.ok()) {
        editor->failure = Message(dropped);
        return;
      }
      const bool there = !editor->open.create;
      const std::string address = editor->open.bulk ? SearchAddress(editor->open.bulk->query, editor->open.form.kind())
                                  : there ? RecordAddress(editor->open.form.kind(), editor->open.id.ToString())
                                          : HomeAddress();
      if (screen_.editor && screen_.editor->open.number == number) screen_.editor.reset();
      aside_.erase(number);
      kept_.erase(number);
      hooks_.leave(address);
    };
  });
}

void FormDesk::Undo(bool redo) {
  if (!screen_.editor || screen_.editor->busy) return;
  forms::Form& form = screen_.editor->open.form;
  const forms::Node node = redo ? form.Redo() : form.Undo();
  if (node == 0) return;
  ++screen_.editor->generation;
  if (!form.is_item(node)) screen_.editor->focus = node;
  Typed(form.is_item(node) ? 0 : node);
}

void FormDesk::Keep() {
  keep_due_ms_.reset();
  if (keeping_) return;
  const auto waits = [this](const ui::EditorScreen& editor) {
    return kept_[editor.open.number] != forms::StateOf(editor.open);
  };
  const auto left = std::find_if(aside_.begin(), aside_.end(), [&](const auto& one) { return waits(one.second); });
  const ui::EditorScreen* editor = screen_.editor && waits(*screen_.editor) ? &*screen_.editor
                                   : left != aside_.end()                   ? &left->second
                                                                            : nullptr;
  if (editor == nullptr) return;
  const uint64_t number = editor->open.number, changes = forms::StateOf(editor->open);
  keeping_ = true;
  kept_ms_ = now_ms_;
  worker_.Ask(Slot::kFormKeep, [this, number, changes, open = editor->open](const std::atomic<bool>&) {
    const Status outcome = library_.KeepForm(open);
    return [this, number, changes, outcome] { Kept(number, changes, outcome); };
  });
}

void FormDesk::Kept(uint64_t number, uint64_t changes, const Status& outcome) {
  keeping_ = false;
  ui::EditorScreen* editor = Find(number);
  if (editor == nullptr) return;
  if (!outcome.ok()) {
    editor->state = Say("form.not_kept", {{"error", Message(outcome)}});
    keep_due_ms_ = now_ms_ + kAgainMs;
    return;
  }
  kept_[number] = changes;
  if (changes == forms::StateOf(editor->open)) editor->state = Say("own.kept");
  // What was typed meanwhile, here or in a form that was left.
  keep_due_ms_ = std::max(now_ms_, kept_ms_ + kKeepMs);
}

void FormDesk::SayAnew() {
  if (!screen_.editor) return;
  for (const forms::Node field : screen_.editor->open.form.AllFields()) forms::Typed(screen_.editor->open.form, field);
  screen_.editor->state.clear();
  Check();
}

void FormDesk::Tick(int64_t now_ms) {
  now_ms_ = now_ms;
  if (std::exchange(typed_, false)) {
    if (!keep_due_ms_) keep_due_ms_ = std::max(now_ms, kept_ms_ + kKeepMs);
    check_due_ms_ = now_ms + kCheckMs;
  }
  if (keep_due_ms_ && *keep_due_ms_ <= now_ms) Keep();
  if (check_due_ms_ && *check_due_ms_ <= now_ms) Check();
}

std::optional<int64_t> FormDesk::due_ms() const {
  if (keep_due_ms_ && check_due_ms_) return std::min(*keep_due_ms_, *check_due_ms_);
  return keep_due_ms_ ? keep_due_ms_ : check_due_ms_;
}

void FormDesk::Flush() {
  PutAside();
  worker_.WaitUntilIdle();
  worker_.Drain();
  // What was typed while another form was being written.
  for (const auto& [number, editor] : aside_) {
    if (kept_[number] != forms::StateOf(editor.open)) (void)library_.KeepForm(editor.open);
  }
  (void)library_.CloseForms();
}

}  // namespace daftar::app
