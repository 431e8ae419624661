// Daftar: a replica as the programs have it, filled in bulk, asked in its query language.
#include <utility>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/log/bulk_load.h"
#include "storage/model/date.h"
#include "storage/view/compaction.h"
#include "storage/view/lmdb_view.h"
#include "tests/bench/peers/engine.h"

namespace daftar::bench {
namespace {

constexpr uint64_t kMapBytes = 64ull << 30;

StatusOr<std::unique_ptr<LmdbView>> OpenView(const std::string& folder) {
  return LmdbView::Open(folder, {.map_bytes = kMapBytes, .create = false});
}

// The body and kind of a record, as a server would send them.
struct Sent {
  Uuid id;
  Kind kind;
  std::string body;
};
Sent SentOf(const BenchDoc& doc) {
  v1::StoredRecord stored;
  stored.ParseFromString(doc.stored);
  return {*Uuid::FromBytes(doc.id), stored.kind(), std::move(*stored.mutable_body())};
}

Status Load(const Corpus& corpus, const std::string& folder, LoadTimes& times) {
  const SystemClock clock;
  SystemRandom random;
  BulkLoadOptions options;
  options.with_log = false;
  options.compact = CompactWhen::kNever;
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<BulkLoad> load, BulkLoad::Create(folder, clock, random, options));
  const auto add = [&](const BenchDoc& doc) -> Status {
    const Sent sent = SentOf(doc);
    return load->Add(sent.id, sent.kind, sent.body);
  };
  DAFTAR_RETURN_IF_ERROR(FeedTimed(corpus, InOrderOfRid(corpus), times.records, add));
  // Stores the last batch too, of 10,000 records at most, and then indexes all texts.
  times.texts.Start();
  DAFTAR_RETURN_IF_ERROR(load->Finish().status());
  times.texts.Stop();
  // As SQLite's VACUUM, which does not count either.
  return CompactClosed(folder, kMapBytes, CompactWhen::kAlways, nullptr).status();
}

// The question as a person would type it. Words in quotes are neither inflected nor respelt.
std::string QueryOf(const Question& question) {
  std::string query;
  const auto add = [&query](const std::string& part) { query += (query.empty() ? "" : " ") + part; };
  switch (question.form) {
    case Question::Form::kPrefix:
      add(question.words[0] + "*");
      break;
    case Question::Form::kPhrase: {
      std::string words;
      for (const std::string& word : question.words) words += (words.empty() ? "" : " ") + word;
      add('"' + words + '"');
      break;
    }
    case Question::Form::kWords:
      for (const std::string& word : question.words) add('"' + word + '"');
  }
  if (!question.country.empty()) add("country:" + question.country);
  if (question.has_days()) add("date:" + IsoDay(question.first_day) + ".." + IsoDay(question.last_day));
  if (!question.actor.empty()) add("actor:" + Uuid::FromBytes(question.actor)->ToString());
  return query + " ";
}

class DaftarEngine final : public Engine {
 public:
  Status Open(const std::string& folder) {
    DAFTAR_ASSIGN_OR_RETURN(view_, OpenView(folder));
    return OkStatus();
  }

  // Identifiers and titles come with the hits, for a list; why they were found does not.
  StatusOr<Answer> Ask(const Question& question) override {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, view_->Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(const SearchResult found, snapshot->Search(RequestOf(question)));
    return Answer{found.total, {}};
  }

  StatusOr<size_t> ReadRecord(std::string_view id) override {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, view_->Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, snapshot->Get(*Uuid::FromBytes(id)));
    if (!record) return NotFound("Daftar does not have the record");
    return record->id().is_nil() ? 0 : 1;
  }

  StatusOr<std::vector<ListRow>> NewestIncidents(size_t limit) override {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, view_->Snapshot());
    DAFTAR_ASSIGN_OR_RETURN(std::vector<ListedRecord> listed, snapshot->Rows(v1::RecordKind::INCIDENT, limit));
    std::vector<ListRow> rows;
    for (ListedRecord& record : listed) {
      if (!record.row) return Internal("a record that is indexed is listed without its row");
      search::Row& row = *record.row;
      rows.push_back({record.id.str(), row.day.value_or(INT32_MIN), std::move(row.title), std::move(row.country)});
    }
    return rows;
  }

 private:
  static SearchRequest RequestOf(const Question& question) {
    SearchRequest request;
    request.query = QueryOf(question);
    request.limit = question.limit;
    request.sort = question.newest ? search::Sort::kNewest : search::Sort::kRelevance;
    request.why = false;
    return request;
  }

  std::unique_ptr<LmdbView> view_;
};

StatusOr<std::unique_ptr<Engine>> OpenDaftar(const std::string& folder) {
  auto engine = std::make_unique<DaftarEngine>();
  DAFTAR_RETURN_IF_ERROR(engine->Open(folder));
  return engine;
}

}  // namespace

const EngineKind kDaftar = {"daftar", "Daftar, a replica after tidying", Load, OpenDaftar};

}  // namespace daftar::bench
