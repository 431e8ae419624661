// The desk: searches that are being typed. The first hits come at once; once typing rests, there are more of them, and
// what would narrow them is counted. See desk.h.
#include <algorithm>
#include <optional>
#include <utility>

#include "client/app/desk.h"
#include "client/model/address.h"
#include "client/model/commands.h"

namespace daftar::app {
namespace {

using Slot = QueryWorker::Slot;

}  // namespace

void Desk::Search(const std::string& text) {
  screen_.commands = FindCommands(text);
  if (WantsCommands(text)) return;
  std::optional<Address> here = ParseAddress(history().current().address);
  const bool searching = here && (here->word == "search" || here->word == "timeline");
  std::string address = SearchAddress(text);
  if (searching) {
    // A timeline is narrowed where it is.
    here->params["q"] = text;
    here->params.erase("hits");
    if (text.empty() && here->word == "timeline") here->params.erase("q");
    address = here->ToString();
  }
  // One stop in the history for all that is typed.
  if (searching) {
    history().Replace(address);
  } else {
    history().Go(address);
  }
  typing_ = true;
  Load(false);
  typed_now_ = true;
}

bool Desk::AwaitHits() {
  if (!std::exchange(typed_now_, false) || !screen_.loading) return false;
  return worker_.AwaitAnswer(Slot::kPage, kAwaitMs);
}

void Desk::Tick(int64_t now_ms) {
  now_ms_ = now_ms;
  own_.Tick(now_ms);
  forms_.Tick(now_ms);
  if (count_due_ms_ && now_ms >= *count_due_ms_) CountFacets();
}

std::optional<int64_t> Desk::due_ms() const {
  std::optional<int64_t> first;
  for (const std::optional<int64_t>& due : {own_.due_ms(), forms_.due_ms(), count_due_ms_}) {
    if (due && (!first || *due < *first)) first = due;
  }
  return first;
}

void Desk::CountFacets() {
  count_due_ms_.reset();
  const SearchPage* search = std::get_if<SearchPage>(&screen_.content);
  const std::string text = screen_.address;
  const std::optional<Address> address = ParseAddress(text);
  if (search == nullptr || !search->uncounted || !address) return;
  // The same slot as pages: the next letter, or another page, ends it.
  worker_.Ask(Slot::kPage, [this, text, address = *address](const std::atomic<bool>& stop) {
    StatusOr<Content> read = library_.Read(address, /*patient=*/false, stop);
    return [this, text, read = std::move(read)]() mutable {
      SearchPage* shown = std::get_if<SearchPage>(&screen_.content);
      if (shown == nullptr || screen_.address != text) return;
      SearchPage* counted = read.ok() ? std::get_if<SearchPage>(&*read) : nullptr;
      if (counted != nullptr && !counted->late && !counted->problem) {
        *shown = std::move(*counted);
        return;
      }
      // Where it took too long, there are the first hits and nothing to narrow them by.
      shown->facets.clear();
      shown->uncounted = false;
    };
  });
}

void Desk::KeepHits(Content& content) const {
  SearchPage* search = std::get_if<SearchPage>(&content);
  const SearchPage* before = std::get_if<SearchPage>(&screen_.content);
  if (search == nullptr || before == nullptr || !typing_) return;
  if (search->problem || search->late) search->rows = before->rows;
  // For the moment until they are counted. What they lead to says all that it searches.
  if (search->uncounted) search->facets = before->facets;
}

}  // namespace daftar::app
