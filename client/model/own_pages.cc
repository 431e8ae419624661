#include "client/model/own_pages.h"

#include <algorithm>
#include <map>
#include <utility>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/own_records.h"
#include "client/model/own_row.h"
#include "client/model/words.h"
#include "client/sync/private_store.h"
#include "storage/search/analysis/fold.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

constexpr size_t kImportant = 6;
constexpr int64_t kMsPerDay = 86'400'000;
// For the counts of one saved search.
constexpr int64_t kPatienceMs = 400;

void CutRows(std::vector<const v1::PrivateRecord*>& records, size_t most, std::string* more) {
  if (records.size() <= most) return;
  *more = Say("changes.more", {{"count", records.size() - most}});
  records.resize(most);
}

std::string Quoted(const std::string& text) {
  std::string plain = text;
  std::replace(plain.begin(), plain.end(), '"', ' ');
  return "\"" + plain + "\"";
}

std::vector<const v1::PrivateRecord*> PinnedOf(const std::vector<v1::PrivateRecord>& records) {
  std::vector<const v1::PrivateRecord*> pinned;
  for (const v1::PrivateRecord& record : records) {
    if (record.pinned()) pinned.push_back(&record);
  }
  std::stable_sort(pinned.begin(), pinned.end(),
                   [](const auto* a, const auto* b) { return a->pinned_ms() > b->pinned_ms(); });
  return pinned;
}

// Counts what a saved search finds, and what of it is new.
class Counter {
 public:
  explicit Counter(const OwnSource& source) : source_(source) {}

  StatusOr<SavedLine> Count(const v1::SavedSearch& search) {
    SavedLine line;
    line.number = search.number();
    line.pinned = search.pinned();
    line.name = search.name().empty() ? search.query() : search.name();
    line.words = WordsOf(search);
    Address address = *ParseAddress(SearchAddress(search.query(), search.kind(), search.sort()));
    address.params["saved"] = std::to_string(search.number());
    line.address = address.ToString();
    DAFTAR_ASSIGN_OR_RETURN(const Revision looked, LookedAt(search.looked()));
    DAFTAR_RETURN_IF_ERROR(Fill(search, looked, line));
    if (line.fresh == 0) return line;
    address.params["since"] = std::to_string(looked);
    line.fresh_address = address.ToString();
    line.fresh_words = Say("saved.fresh", {{"count", line.fresh}, {"when", SayTime(search.looked().at_ms())}});
    return line;
  }

 private:
  static std::string WordsOf(const v1::SavedSearch& search) {
    std::vector<std::string> words = {search.query()};
    if (const auto kind = KindFromWord(search.kind())) words.push_back(KindTitle(*kind));
    return Join(words, " · ");
  }

  // The revision that had been looked at; of another history of the server, what it had accepted by then.
  StatusOr<Revision> LookedAt(const v1::Moment& looked) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, source_.view.Head());
    const bool same_history = looked.epoch().empty() || looked.epoch() == head.cursor().epoch();
    return same_history ? StatusOr<Revision>(looked.revision()) : source_.view.RevisionAt(looked.at_ms());
  }

  Status Fill(const v1::SavedSearch& search, Revision looked, SavedLine& line) {
    const StatusOr<uint64_t> total = TotalOf(search, std::nullopt);
    if (const Status told = Tell(total.status(), line); !total.ok()) return told;
    line.total = *total;
    DAFTAR_ASSIGN_OR_RETURN(const ChangedRecords changed, source_.view.ChangedSince(looked, 0));
    if (line.total > 0 && changed.total > 0) {
      const StatusOr<uint64_t> fresh = TotalOf(search, looked);
      if (const Status told = Tell(fresh.status(), line); !fresh.ok()) return told;
      line.fresh = *fresh;
    }
    line.counted = true;
    line.count_words = Say("saved.found", {{"count", line.total}});
    return OkStatus();
  }

  // Says why there is no count, where it is the query's own fault or would take too long; else the error.
  static Status Tell(const Status& why, SavedLine& line) {
    const StatusCode code = why.code();
    if (code == StatusCode::kDeadlineExceeded) line.count_words = Say("saved.late");
    if (code == StatusCode::kInvalidArgument) line.count_words = Say("saved.wrong");
    return line.count_words.empty() ? why : OkStatus();
  }

  StatusOr<uint64_t> TotalOf(const v1::SavedSearch& search, std::optional<Revision> since) {
    SearchRequest request;
    request.query = search.query();
    request.kind = KindFromWord(search.kind());
    request.limit = 1;
    request.why = false;
    request.sort = search::Sort::kNewest;
    request.today = static_cast<int32_t>(source_.now_ms / kMsPerDay);
    request.stop = source_.stop;
    request.changed_since = since;
    if (source_.clock != nullptr) {
      request.clock = source_.clock;
      request.deadline_ms = source_.clock->MonotonicMs() + kPatienceMs;
    }
    request.own_of = [this](const search::Node& node) -> StatusOr<std::vector<Uuid>> {
      if (!own_) {
        DAFTAR_ASSIGN_OR_RETURN(own_, OwnRecords::Read(source_.store, source_.stop));
      }
      return own_->IdsOf(node);
    };
    DAFTAR_ASSIGN_OR_RETURN(const SearchResult result, source_.view.Search(request));
    return result.total;
  }

  const OwnSource& source_;
  std::optional<OwnRecords> own_;
};

StatusOr<std::vector<SavedLine>> CountAll(const OwnSource& source, bool pinned_only, size_t most) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SavedSearch> searches, source.store.Searches());
  std::vector<SavedLine> lines;
  Counter counter(source);
  for (const v1::SavedSearch& search : searches) {
    if (lines.size() == most) break;
    if (pinned_only && !search.pinned()) continue;
    DAFTAR_ASSIGN_OR_RETURN(SavedLine line, counter.Count(search));
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::string MineAddress() { return "daftar:mine"; }
std::string SavedAddress() { return "daftar:saved"; }

StatusOr<MinePage> BuildMine(const OwnSource& source) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PrivateRecord> records, source.store.Records());
  MinePage page;
  Names names(source.view, "en");
  std::vector<const v1::PrivateRecord*> pinned = PinnedOf(records), noted;
  std::map<std::string, MinePage::Tag> tags;
  for (const v1::PrivateRecord& record : records) {
    if (!record.note().empty()) noted.push_back(&record);
    for (const std::string& tag : record.tag()) {
      MinePage::Tag& line = tags[search::FoldedName(tag)];
      if (line.tag.empty()) line = {tag, 0, SearchAddress("tag:" + Quoted(tag))};
      ++line.count;
    }
  }
  std::stable_sort(noted.begin(), noted.end(),
                   [](const auto* a, const auto* b) { return a->changed_ms() > b->changed_ms(); });
  CutRows(pinned, kMostOwnRows, &page.pinned_more);
  CutRows(noted, kMostOwnRows, &page.notes_more);
  for (const auto* record : pinned) page.pinned.push_back(OwnRow(*record, names));
  for (const auto* record : noted)
    page.notes.emplace_back(OwnRow(*record, names)).why = NoteSnippet(record->note(), {});
  for (auto& [folded, tag] : tags) page.tags.push_back(std::move(tag));
  if (!names.status().ok()) return names.status();
  return page;
}

StatusOr<SavedPage> BuildSaved(const OwnSource& source) {
  SavedPage page;
  DAFTAR_ASSIGN_OR_RETURN(page.lines, CountAll(source, false, kMostSavedSearches));
  return page;
}

StatusOr<SavedLine> BuildSavedLine(const OwnSource& source, uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SavedSearch> searches, source.store.Searches());
  for (const v1::SavedSearch& search : searches) {
    if (search.number() == number) return Counter(source).Count(search);
  }
  return NotFound("there is no saved search " + std::to_string(number));
}

StatusOr<OwnHome> BuildOwnHome(const OwnSource& source) {
  OwnHome home;
  if (source.last_seen) {
    DAFTAR_ASSIGN_OR_RETURN(const Since since, ReadSince(source.view, "last", source.last_seen));
    ChangesOptions options;
    options.limit = kImportant;
    options.important = true;
    options.fields = 0;
    DAFTAR_ASSIGN_OR_RETURN(home.since, BuildChanges(source.view, since, options));
  } else {
    home.since_words = Say("changes.first_visit");
  }
  DAFTAR_ASSIGN_OR_RETURN(home.saved, CountAll(source, true, kMostSavedOnHome));

  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PrivateRecord> records, source.store.Records());
  Names names(source.view, "en");
  std::vector<const v1::PrivateRecord*> pinned = PinnedOf(records);
  std::string more;
  CutRows(pinned, kMostPinnedOnHome, &more);
  for (const auto* record : pinned) home.pinned.push_back(OwnRow(*record, names));
  if (!names.status().ok()) return names.status();

  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::RecentPage> recent, source.store.Recent(kMostRecentOnHome));
  for (const v1::RecentPage& page : recent) {
    const std::optional<Kind> kind = KindFromWord(page.kind());
    home.recent.push_back(
        {page.title(), page.address(), kind ? SayCapital(KindWords(*kind)) : "", SayAge(source.now_ms - page.at_ms())});
  }
  return home;
}

}  // namespace daftar
