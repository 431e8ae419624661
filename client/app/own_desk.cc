#include "client/app/own_desk.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "client/language/say.h"

namespace daftar::app {
namespace {

using What = OwnChange::What;

// Whether the page that is shown has to be read again after such a change.
bool ChangesPages(What what) {
  return what == What::kSaveSearch || what == What::kForgetSearch || what == What::kPinSearch ||
         what == What::kUnpinSearch || what == What::kRead;
}

// Nobody has to be told that this failed: nothing that was typed is lost with it.
bool IsTrace(What what) { return what == What::kPageShown || what == What::kHomeShown || what == What::kLooked; }

// The number of the saved search that an address names; 0 if it names none.
uint64_t SavedIn(const std::string& address) {
  const std::optional<Address> parsed = ParseAddress(address);
  const std::string text = parsed ? parsed->Param("saved") : "";
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

}  // namespace

void OwnDesk::Open(const Page& page) {
  std::optional<ui::OwnEditor>& editor = screen_.own;
  const bool same = editor && editor->part.record == page.own->record;
  // What has been typed here is newer than what was read.
  if (same && (dirty_ || writing_ || !waiting_.empty())) return;
  const int generation = editor ? editor->generation + (same && editor->part.note == page.own->note ? 0 : 1) : 0;
  std::string new_tag = same ? editor->new_tag : "";
  std::string state = same ? editor->state : "";
  const bool open = same && editor->open;
  editor = ui::OwnEditor{*page.own, std::move(new_tag), std::move(state), generation, open};
}

void OwnDesk::Shown(const Content& content, const std::string& address, bool turned) {
  const Page* page = std::get_if<Page>(&content);
  const bool own = page != nullptr && page->own.has_value();
  if (screen_.own && (!own || page->own->record != screen_.own->part.record)) {
    NoteLeft();
    if (!own) screen_.own.reset();
  }
  if (own) Open(*page);
  if (own && turned) {
    // The page by its id, whatever it was asked for by.
    Add({.what = What::kPageShown, .record = page->id, .text = page->title, .address = page->address});
  }
  const Home* home = std::get_if<Home>(&content);
  if (home != nullptr && home->own && (turned || home->revision != seen_at_home_)) {
    seen_at_home_ = home->revision;
    Add({.what = What::kHomeShown});
  }
  const SearchPage* search = std::get_if<SearchPage>(&content);
  const uint64_t saved = search != nullptr && turned && !search->late ? SavedIn(address) : 0;
  if (saved != 0) Add({.what = What::kLooked, .number = saved});
  Write();
}

void OwnDesk::ShowChange(const OwnChange& change) {
  if (!screen_.own || screen_.own->part.record != change.record) return;
  OwnPart& part = screen_.own->part;
  if (change.what == What::kPin || change.what == What::kUnpin) part.pinned = change.what == What::kPin;
  if (change.what == What::kTag && std::find(part.tags.begin(), part.tags.end(), change.text) == part.tags.end())
    part.tags.push_back(change.text);
  if (change.what == What::kUntag) std::erase(part.tags, change.text);
}

void OwnDesk::Keep(const OwnChange& change) {
  ShowChange(change);
  Add(change);
  Write();
}

void OwnDesk::NoteTyped() {
  if (!screen_.own) return;
  typed_ = dirty_ = true;
  screen_.own->state = Say("own.saving");
}

void OwnDesk::NoteLeft() {
  typed_ = false;
  due_ms_.reset();
  if (!std::exchange(dirty_, false) || !screen_.own) return;
  Add({.what = What::kNote, .record = screen_.own->part.record, .text = screen_.own->part.note});
  Write();
}

void OwnDesk::Tick(int64_t now_ms) {
  if (std::exchange(typed_, false)) due_ms_ = now_ms + kRestMs;
  if (due_ms_ && *due_ms_ <= now_ms) NoteLeft();
}

void OwnDesk::Add(OwnChange change) {
  if (change.what == What::kNote) {
    std::erase_if(waiting_, [&change](const OwnChange& older) {
      return older.what == What::kNote && older.record == change.record;
    });
  }
  waiting_.push_back(std::move(change));
}

void OwnDesk::Write() {
  if (writing_ || waiting_.empty()) return;
  writing_ = true;
  worker_.Ask(QueryWorker::Slot::kOwn, [this, changes = std::exchange(waiting_, {})](const std::atomic<bool>&) mutable {
    Status outcome;
    for (const OwnChange& change : changes) {
      const Status kept = library_.Keep(change);
      if (!kept.ok() && outcome.ok() && !IsTrace(change.what)) outcome = kept;
    }
    return [this, changes = std::move(changes), outcome] { Written(changes, outcome); };
  });
}

void OwnDesk::Written(const std::vector<OwnChange>& changes, const Status& outcome) {
  writing_ = false;
  bool reload = false, own = false;
  for (const OwnChange& change : changes) {
    reload = reload || ChangesPages(change.what);
    own = own ||
          (screen_.own && !change.record.empty() && change.record == screen_.own->part.record && !IsTrace(change.what));
  }
  if (own) {
    screen_.own->state = outcome.ok() ? Say("own.kept") : Say("own.failed", {{"why", Message(outcome)}});
    Page* page = std::get_if<Page>(&screen_.content);
    if (outcome.ok() && page != nullptr && page->own) page->own = screen_.own->part;
  } else if (!outcome.ok()) {
    screen_.notice = Say("own.failed", {{"why", Message(outcome)}});
  }
  Write();
  if (reload || (own && !outcome.ok())) reload_();
}

void OwnDesk::Flush() {
  NoteLeft();
  Write();
  while (writing_) {
    worker_.WaitUntilIdle();
    worker_.Drain();
  }
}

}  // namespace daftar::app
