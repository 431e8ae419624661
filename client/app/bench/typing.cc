#include "client/app/bench/typing.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "client/app/bench/queries.h"
#include "client/app/bench/stopwatch.h"
#include "client/app/bench/typing_stages.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/ui/keys.h"
#include "imgui.h"

namespace daftar::app {
namespace {

// From one key to the next: 60 to 140 ms, as people who type quickly do it.
constexpr int64_t kFastestNs = 60'000'000, kSpreadNs = 80'000'000;
// Longer than a search of somebody who types may take.
constexpr int64_t kPatienceNs = 1'000'000'000;
constexpr double kMostP95 = 50, kMostP99 = 100;

// What the last frame drew in a box, as a number: another number, another picture.
uint64_t PictureOf(const ui::Widget& box) {
  uint64_t hash = 0xcbf29ce484222325;
  const auto mix = [&hash](float value) { hash = (hash ^ static_cast<uint64_t>(value * 64)) * 0x100000001b3; };
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    for (const ImDrawVert& vertex : data->CmdLists[i]->VtxBuffer) {
      if (vertex.pos.x < box.left || vertex.pos.x > box.right || vertex.pos.y < box.top || vertex.pos.y > box.bottom)
        continue;
      mix(vertex.pos.x);
      mix(vertex.pos.y);
      mix(vertex.uv.x * 4096);
      mix(vertex.uv.y * 4096);
    }
  }
  return hash;
}

class Typist {
 public:
  explicit Typist(ScriptedReader& reader) : reader_(reader) {}

  Status Type(const std::vector<std::string>& query);
  void Tell(Report& report) const;

 private:
  struct Key {
    std::string typed;  // the whole box with it
    int64_t due_ns = 0, pressed_ns = 0;
    bool found = false;
  };

  const ui::Widget* Box() const { return reader_.loop().registry().Find(ui::Role::kField, Say("window.search")); }
  // An empty box that has the keyboard.
  Status BeginQuery();
  Status PressKey(const std::string& character, const std::string& typed);
  // Turns the loop until then, and notes what is found meanwhile.
  Status WaitUntil(int64_t until_ns);
  Status TurnAndNote(int64_t until_ns);
  int64_t Pause();

  ScriptedReader& reader_;
  std::vector<Key> keys_;  // of this query
  TypingStages stages_;
  Samples found_, shown_;
  size_t typed_ = 0, late_ = 0, given_up_ = 0;
  uint64_t pause_ = 1;
};

// The same pauses in each run.
int64_t Typist::Pause() {
  pause_ = pause_ * 6364136223846793005 + 1442695040888963407;
  return kFastestNs + static_cast<int64_t>((pause_ >> 33) % static_cast<uint64_t>(kSpreadNs));
}

Status Typist::BeginQuery() {
  keys_.clear();
  DAFTAR_RETURN_IF_ERROR(reader_.Open(HomeAddress()));
  reader_.Press(ui::keys::kK, /*control=*/true);
  const auto ready = [this] { return Box() != nullptr && Box()->focused && Box()->value.empty(); };
  DAFTAR_ASSIGN_OR_RETURN(const bool focused, reader_.TurnUntil(ready));
  if (!focused) return Internal("the search box does not take the keyboard");
  return WaitUntil(NowNs() + Pause());
}

Status Typist::TurnAndNote(int64_t until_ns) {
  const uint64_t drawn = reader_.loop().frames();
  DAFTAR_RETURN_IF_ERROR(reader_.Turn(until_ns));
  const SearchPage* page = std::get_if<SearchPage>(&reader_.screen().content);
  if (reader_.loop().frames() == drawn || page == nullptr) return OkStatus();
  const int64_t now = NowNs();
  stages_.AddReads(reader_.Reads());
  const auto answered =
      std::find_if(keys_.rbegin(), keys_.rend(), [&](const Key& key) { return key.typed == page->query; });
  for (auto key = answered; key != keys_.rend() && !key->found; ++key) {
    key->found = true;
    found_.Add(Ms(now - key->due_ns));
    stages_.AddKey({key->typed, page->query, key->due_ns, key->pressed_ns, now});
    if (page->late) ++given_up_;
  }
  return OkStatus();
}

Status Typist::WaitUntil(int64_t until_ns) {
  while (NowNs() < until_ns) DAFTAR_RETURN_IF_ERROR(TurnAndNote(until_ns));
  return OkStatus();
}

Status Typist::PressKey(const std::string& character, const std::string& typed) {
  const uint64_t before = Box() != nullptr ? PictureOf(*Box()) : 0, drawn = reader_.loop().frames();
  const int64_t pressed = NowNs();
  reader_.Type(character);
  DAFTAR_RETURN_IF_ERROR(TurnAndNote(pressed));
  const bool one_frame = reader_.loop().frames() == drawn + 1;
  const bool there = Box() != nullptr && Box()->value == typed && PictureOf(*Box()) != before;
  ++typed_;
  if (!one_frame || !there) ++late_;
  shown_.Add(Ms(NowNs() - pressed));
  return OkStatus();
}

Status Typist::Type(const std::vector<std::string>& query) {
  DAFTAR_RETURN_IF_ERROR(BeginQuery());
  std::string typed;
  int64_t due = NowNs();
  for (const std::string& character : query) {
    DAFTAR_RETURN_IF_ERROR(WaitUntil(due));
    typed += character;
    keys_.push_back({.typed = typed, .due_ns = due, .pressed_ns = NowNs()});
    DAFTAR_RETURN_IF_ERROR(PressKey(character, typed));
    due += Pause();
  }
  const int64_t last = NowNs() + kPatienceNs;
  while (!keys_.back().found && NowNs() < last) DAFTAR_RETURN_IF_ERROR(TurnAndNote(last));
  for (const Key& key : keys_) {
    if (key.found) continue;
    ++given_up_;
    found_.Add(Ms(NowNs() - key.due_ns));
  }
  return OkStatus();
}

void Typist::Tell(Report& report) const {
  report.Add(ValueRow("keys typed in the search box", "", static_cast<double>(typed_)));
  report.Add(ValueRow("  not on screen in the next frame", "", static_cast<double>(late_), 0));
  report.Add(SpreadRow("  until that frame was shown, with the driver", "ms", shown_));
  report.Add(SpreadRow("key to what is found for it, on screen", "ms", found_, {{"p95", kMostP95}, {"p99", kMostP99}}));
  stages_.Tell(report);
  report.Add(ValueRow("  given up, as taking too long", "", static_cast<double>(given_up_), 0));
}

}  // namespace

Status MeasureTyping(ScriptedReader& reader, const TypingOptions& options, Report& report) {
  DAFTAR_ASSIGN_OR_RETURN(const auto queries, QueriesOf(reader, options.queries));
  Typist typist(reader);
  for (const std::vector<std::string>& query : queries) DAFTAR_RETURN_IF_ERROR(typist.Type(query));
  typist.Tell(report);
  return OkStatus();
}

}  // namespace daftar::app
