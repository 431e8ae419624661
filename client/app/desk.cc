#include "client/app/desk.h"

#include <algorithm>
#include <utility>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/graph_svg.h"
#include "storage/model/date.h"

namespace daftar::app {
namespace {

using Slot = QueryWorker::Slot;

}  // namespace

ui::StatusLine StatusLineOf(const SyncFacts& facts, const Overview& overview) {
  ui::StatusLine line;
  line.data = overview.revision == 0 ? overview.data_age : Say("window.data_age", {{"age", overview.data_age}});
  line.success = facts.last_success_ms == 0
                     ? Say("window.never_synced")
                     : Say("window.last_sync", {{"age", SayAge(facts.now_ms - facts.last_success_ms)}});
  if (!facts.last_error.empty()) {
    const std::string age = SayAge(facts.now_ms - facts.last_attempt_ms);
    line.attempt = Say("window.attempt_failed", {{"age", age}, {"error", facts.last_error}});
  }
  if (facts.outbox > 0) line.outbox = Say("window.waiting", {{"count", facts.outbox}});
  if (facts.conflicts > 0) line.conflicts = Say("window.conflicts", {{"count", facts.conflicts}});
  line.server = facts.server.empty() ? Say("window.no_server") : Say("window.server", {{"address", facts.server}});
  return line;
}

Desk::Desk(Library& library, std::function<void()> wake, DeskHooks hooks, const ui::OpenTabs& tabs)
    : library_(library),
      wake_(std::move(wake)),
      hooks_(std::move(hooks)),
      tabs_(tabs),
      own_(library, worker_, screen_, [this] { Load(false); }),
      forms_(library, worker_, screen_,
             {.open = [this](const std::string& address) { Open(address); },
              .leave =
                  [this](const std::string& address) {
                    history().Replace(address);
                    Load(true);
                  },
              .sent = [this](bool bulk) { FormSent(bulk); },
              .tell = [this](std::function<std::string()> words) { Tell(std::move(words)); }}),
      worker_(wake_),
      long_worker_(wake_) {
  Load(true);
  ReadState();
}

void Desk::WaitUntilSettled() {
  do {
    if (count_due_ms_) CountFacets();
    worker_.WaitUntilIdle();
    long_worker_.WaitUntilIdle();
  } while (Drain() > 0);
}

void Desk::ShowTabs() {
  screen_.tab = tabs_.at();
  screen_.tabs.clear();
  screen_.close_labels.clear();
  for (const ui::Tabs::Tab& tab : tabs_.all()) {
    screen_.tabs.push_back(tab.title.empty() ? tab.history.current().address : tab.title);
    screen_.close_labels.push_back(Say("window.close_tab", {{"title", screen_.tabs.back()}}));
  }
}

void Desk::Show(Content content, const std::string& address, bool turned) {
  tabs_.current().title = TitleOf(content);
  ShowTabs();
  if (turned || !std::holds_alternative<MapPage>(content)) screen_.map = {};
  screen_.map.told.reset();  // its rows are asked for anew
  screen_.content = std::move(content);
  screen_.address = address;
  screen_.loading = false;
  own_.Shown(screen_.content, address, turned);
  forms_.Shown(screen_.content);
  screen_.map.picking = forms_.picking();
  if (!turned) return;
  screen_.turned = true;
  screen_.scroll = history().current().scroll;
}

void Desk::KeepTimeline(Content& content, bool turned) const {
  Timeline* timeline = std::get_if<Timeline>(&content);
  const Timeline* before = std::get_if<Timeline>(&screen_.content);
  if (timeline == nullptr || before == nullptr || turned) return;
  if (timeline->problem && typing_) {
    std::optional<SearchProblem> problem = std::move(timeline->problem);
    *timeline = *before;
    timeline->problem = std::move(problem);
  } else if (AddressOf(*timeline) == AddressOf(*before)) {
    // An address is good to the hour or the day.
    if (before->window == before->whole) {
      timeline->window = timeline->whole;
    } else if (!(before->window == before->opening)) {
      timeline->window = Bounded(before->window, timeline->whole);
    }
    timeline->chosen = before->chosen;
  }
}

void Desk::Load(bool turned) {
  screen_.loading = true;
  count_due_ms_.reset();
  screen_.can_go_back = history().can_go_back();
  screen_.can_go_forward = history().can_go_forward();
  std::string text = history().current().address;
  std::optional<Address> address = ParseAddress(text);
  if (!address) {
    Show(Trouble{Say("window.not_an_address", {{"address", text}})}, text, turned);
    return;
  }
  // On the way back to a search, its words stand in the box again.
  if (turned) {
    screen_.search_text = address->word == "search" || address->word == "timeline" ? address->Param("q") : "";
    ++screen_.search_turns;
  }
  if (turned) {
    typing_ = false;
    first_row_ = 0;
    screen_.commands.clear();
  }
  // What only the window knows is not asked of the worker.
  if (address->word == "settings") {
    worker_.Ask(Slot::kPage, [](const std::atomic<bool>&) { return [] {}; });
    const Settings settings = hooks_.settings();
    Show(BuildSettings(&settings), text, turned);
    return;
  }
  if (address->word == "list" && first_row_ > 0) address->params["first"] = std::to_string(first_row_);
  const bool patient = !typing_;
  // Counting what would narrow a search takes longer than the search.
  const bool uncounted = typing_ && address->word == "search";
  if (uncounted) address->params["facets"] = "no";
  worker_.Ask(Slot::kPage, [this, text, turned, patient, uncounted, address = *address](const std::atomic<bool>& stop) {
    StatusOr<Content> read = library_.Read(address, patient, stop);
    Content content = read.ok() ? *std::move(read) : Content(Trouble{Message(read.status())});
    return [this, text, turned, uncounted, content = std::move(content)]() mutable {
      KeepHits(content);
      KeepTimeline(content, turned);
      Show(std::move(content), text, turned);
      if (uncounted) count_due_ms_ = now_ms_ + kCountRestMs;
    };
  });
}

void Desk::ReadState() {
  worker_.Ask(Slot::kState, [this](const std::atomic<bool>&) {
    StatusOr<SyncFacts> facts = library_.ReadSyncFacts();
    StatusOr<Overview> overview = library_.ReadOverview();
    return [this, facts = std::move(facts), overview = std::move(overview)] {
      if (overview.ok()) screen_.counts = overview->counts;
      if (!facts.ok()) {
        screen_.status.attempt = Message(facts.status());
        return;
      }
      if (sending_ && facts->outbox == 0) DismissNotice();
      screen_.pill = MakeSyncPill(*facts);
      screen_.status =
          StatusLineOf(*facts, overview.ok() ? *overview : Overview{.data_age = Message(overview.status())});
    };
  });
}

void Desk::OnSync(const SyncProgress& progress) {
  bool changed = progress.revision != sync_.revision || progress.settled != sync_.settled;
  screen_.syncing = progress.busy;
  if (!progress.notice.empty() && progress.notice != sync_.notice) {
    Tell([notice = progress.notice, key = progress.notice_key, error = progress.error] {
      return key.empty() ? notice : Say(key, {{"error", error}});
    });
  }
  sync_ = progress;
  if (changed) {
    Load(false);
    ReadSide();
  } else {
    Renew(false, true);
  }
  ReadState();
}

void Desk::OnIndex(const IndexProgress& progress) {
  if (!progress.error.empty() && progress.error != index_error_) {
    Tell([error = progress.error] { return Say("window.not_indexed", {{"error", error}}); });
  }
  index_error_ = progress.error;
  const SearchPage* search = std::get_if<SearchPage>(&screen_.content);
  const Timeline* timeline = std::get_if<Timeline>(&screen_.content);
  const MapPage* map = std::get_if<MapPage>(&screen_.content);
  if (map != nullptr && map->records->records().behind > 0) Load(false);
  if ((search != nullptr && search->behind > 0) || (timeline != nullptr && timeline->behind > 0)) Load(false);
}

void Desk::DismissNotice() { Tell(nullptr); }

void Desk::Tell(std::function<std::string()> words) {
  notice_ = std::move(words);
  screen_.notice = told_ = notice_ ? notice_() : "";
  screen_.may_take_back = false;
  done_.reset();
  sending_ = false;
}

void Desk::NeedRows(size_t first) {
  if (first == first_row_) return;
  first_row_ = first;
  Load(false);
}

void Desk::MoreHits() {
  const SearchPage* search = std::get_if<SearchPage>(&screen_.content);
  std::optional<Address> address = ParseAddress(history().current().address);
  // One answer at a time: the page asks again while it is scrolled to its end.
  if (search == nullptr || !address || screen_.loading || search->rows.size() >= kMostHits) return;
  address->params["hits"] = std::to_string(std::min(2 * search->rows.size(), kMostHits));
  const float scroll = history().current().scroll;
  history().Replace(address->ToString());
  history().KeepScroll(scroll);
  typing_ = false;
  Load(false);
}

void Desk::StandAt(const std::string& address) {
  if (screen_.address != history().current().address) return;
  const float scroll = history().current().scroll;
  history().Replace(address);
  history().KeepScroll(scroll);
  screen_.address = address;
}

void Desk::Describe(std::vector<uint32_t> items) {
  const Timeline* timeline = std::get_if<Timeline>(&screen_.content);
  if (timeline == nullptr) return;
  // Shared with the worker: the page may be turned before it answers.
  worker_.Ask(Slot::kRows, [this, data = timeline->data, items = std::move(items)](const std::atomic<bool>&) {
    StatusOr<ItemRows> rows = library_.Describe(data->spread, items);
    return [this, data, rows = std::move(rows)]() mutable {
      Timeline* shown = std::get_if<Timeline>(&screen_.content);
      if (shown == nullptr || shown->data != data) return;
      if (rows.ok()) {
        AddRows(*std::move(rows), *shown);
      } else {
        Tell([status = rows.status()] { return Message(status); });
      }
    };
  });
}

void Desk::KeepScroll(float scroll) {
  // While the next page is being read, the last one is still on the screen.
  if (screen_.address == history().current().address) history().KeepScroll(scroll);
}

void Desk::ToggleMirror() {
  screen_.mirror = !screen_.mirror;
  screen_.turned = true;  // the other form begins at the top
  screen_.scroll = 0;
}

void Desk::SavePicture() {
  const Graph* graph = std::get_if<Graph>(&screen_.content);
  if (graph == nullptr) return;
  std::string name = TitleOf(screen_.content);
  if (graph->as_of) name += " " + IsoDay(*graph->as_of);
  worker_.Ask(Slot::kSubmit, [this, name, graph = *graph](const std::atomic<bool>&) {
    const StatusOr<std::string> path = hooks_.save_file(name, ".svg", GraphAsSvg(graph));
    return [this, path] {
      Tell([path] { return path.ok() ? Say("graph.exported", {{"path", *path}}) : Message(path.status()); });
    };
  });
}

}  // namespace daftar::app
