// The desk: what the pages of settings and of syncing ask for. See desk.h.
#include <optional>
#include <utility>

#include "client/app/desk.h"
#include "client/language/say.h"

namespace daftar::app {
namespace {

using Slot = QueryWorker::Slot;

// A check says how far it is after so many records.
constexpr uint64_t kRecordsBetweenNews = 512;

}  // namespace

void Desk::OnMinute() {
  ReadState();
  Renew(true, true);
}

void Desk::Renew(bool settings, bool sync) {
  const std::optional<Address> here = ParseAddress(history().current().address);
  if (!here || screen_.loading) return;
  if ((settings && here->word == "settings") || (sync && here->word == "sync")) Load(false);
}

void Desk::Scale(int step) {
  hooks_.scale(step);
  Renew(true, false);
}

void Desk::ToggleTheme() {
  hooks_.toggle_theme();
  Renew(true, false);
}

void Desk::Set(const std::string& setting, const std::string& code) {
  hooks_.set(setting, code);
  SayAnew();
}

void Desk::ResetSettings(const std::string& section) {
  hooks_.reset(section);
  SayAnew();
}

void Desk::SayAnew() {
  Load(false);
  ReadState();
  ReadTitles();
  ReadSide();
  if (notice_ && screen_.notice == told_) screen_.notice = told_ = notice_();
  forms_.SayAnew();
}

// Those of the tabs behind the one that is shown.
void Desk::ReadTitles() {
  std::vector<std::string> addresses;
  for (const ui::Tabs::Tab& tab : tabs_.all()) addresses.push_back(tab.history.current().address);
  worker_.Ask(Slot::kTitles, [this, addresses](const std::atomic<bool>& stop) {
    std::vector<std::string> titles;
    for (const std::string& text : addresses) {
      const std::optional<Address> address = ParseAddress(text);
      StatusOr<Content> read = NotFound(text);
      if (address) read = library_.Read(*address, /*patient=*/false, stop);
      titles.push_back(read.ok() ? TitleOf(*read) : "");
    }
    return [this, addresses, titles] {
      for (size_t i = 0; i < addresses.size(); ++i) tabs_.Retitle(i, addresses[i], titles[i]);
      ShowTabs();
    };
  });
}

void Desk::PauseSync(bool pause) {
  worker_.Ask(Slot::kPause, [this, pause](const std::atomic<bool>&) {
    const Status done = library_.SetPaused(pause);
    return [this, pause, done] {
      if (!done.ok()) screen_.notice = Message(done);
      ReadState();
      Renew(false, true);
      if (!done.ok()) return;
      if (pause) {
        hooks_.end_session();
      } else {
        hooks_.sync_now();
      }
    };
  });
}

void Desk::Verify(bool begin) {
  if (!begin) {
    if (verifying_ != nullptr) verifying_->cancelled = true;
    return;
  }
  if (verifying_ != nullptr) return;
  verifying_ = std::make_shared<Verifying>();
  screen_.verify = {true, Say("sync_page.verifying", {{"done", 0}, {"total", 0}}), true};
  long_worker_.Ask(Slot::kVerify, [this, at = verifying_](const std::atomic<bool>& stop) {
    const StatusOr<VerifyOutcome> outcome = library_.Verify([this, &stop, at](uint64_t done, uint64_t total) {
      at->done = done;
      at->total = total;
      if (done % kRecordsBetweenNews == 0) wake_();
      return !stop && !at->cancelled;
    });
    return [this, outcome] {
      verifying_.reset();
      const bool cancelled = outcome.status().code() == StatusCode::kCancelled;
      const std::string words = cancelled      ? Say("sync_page.verify_cancelled")
                                : outcome.ok() ? outcome->words
                                               : Message(outcome.status());
      screen_.verify = {false, words, cancelled || (outcome.ok() && outcome->healthy)};
      Renew(false, true);
    };
  });
}

size_t Desk::Drain() {
  size_t news = worker_.Drain() + long_worker_.Drain();
  if (verifying_ == nullptr) return news;
  const std::string words =
      Say("sync_page.verifying", {{"done", verifying_->done.load()}, {"total", verifying_->total.load()}});
  if (words == screen_.verify.words) return news;
  screen_.verify.words = words;
  return news + 1;
}

}  // namespace daftar::app
