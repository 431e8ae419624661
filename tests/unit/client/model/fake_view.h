// A ReadView in memory, with knobs: for tests of whatever reads a dataset, the window's among them.
//
// It holds records as storage/authoring reads them; searching is by parts of names, case of ASCII letters ignored.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/authoring/authoring.h"
#include "storage/model/parts.h"
#include "storage/view/read_view.h"

namespace daftar {

class FakeView : public ReadView {
 public:
  // The records of textproto text of a v1::Dataset. Problems fail the test.
  static std::unique_ptr<FakeView> OfText(std::string_view dataset) {
    return OfFiles({DatasetFile{"dataset", std::string(dataset)}});
  }
  // The records of all textproto files of a folder.
  static std::unique_ptr<FakeView> OfFolder(const std::string& folder) {
    std::vector<DatasetFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".textproto") continue;
      std::ifstream stream(entry.path());
      std::stringstream text;
      text << stream.rdbuf();
      files.push_back({entry.path().filename().string(), text.str()});
    }
    return OfFiles(files);
  }

  // Knobs.
  void Put(Record record) { records_.insert_or_assign(record.id(), std::move(record)); }
  void set_head(v1::Checkpoint head) { head_ = std::move(head); }
  void set_holds_slice(bool slice) { holds_slice_ = slice; }
  void AddCommit(v1::CommitInfo commit) { commits_[commit.revision()] = std::move(commit); }
  // Newest first.
  void SetHistory(const Uuid& id, std::vector<HistoryStep> steps) { history_[id] = std::move(steps); }
  // From now on every read fails so.
  void FailWith(Status status) { failure_ = std::move(status); }
  // How many records were read.
  size_t reads() const { return reads_; }

  StatusOr<v1::Checkpoint> Head() const override { return head_; }
  StatusOr<bool> HoldsSlice() const override { return holds_slice_; }

  StatusOr<std::optional<Record>> Get(const Uuid& id) const override {
    if (!failure_.ok()) return failure_;
    ++reads_;
    auto at = records_.find(id);
    return at == records_.end() ? std::optional<Record>() : std::optional<Record>(at->second);
  }
  StatusOr<std::optional<Kind>> KindOf(const Uuid& id) const override {
    auto at = records_.find(id);
    return at == records_.end() ? std::optional<Kind>() : std::optional<Kind>(at->second.kind());
  }

  StatusOr<Uuid> Resolve(std::string_view text) const override {
    if (std::optional<Uuid> id = Uuid::Parse(text); id && records_.contains(*id)) return *id;
    for (const auto& [id, record] : records_) {
      for (const v1::External& external : record.externals()) {
        if (external.system() + ":" + external.id() == text || external.id() == text) return id;
      }
    }
    return NotFound("no record " + std::string(text));
  }

  StatusOr<std::vector<Uuid>> List(Kind kind, size_t limit, bool with_retired) const override {
    return Newest(limit, [&](const Record& record) {
      return record.kind() == kind && (with_retired || record.retirement() == nullptr);
    });
  }
  StatusOr<std::vector<Uuid>> Referrers(const Uuid& target, Kind kind, size_t limit) const override {
    return Newest(limit, [&](const Record& record) {
      // An id is sixteen bytes that stand nowhere else.
      return record.kind() == kind && record.id() != target && record.retirement() == nullptr &&
             record.message().SerializeAsString().find(target.bytes()) != std::string::npos;
    });
  }
  StatusOr<std::map<Kind, uint64_t>> CountByKind() const override {
    std::map<Kind, uint64_t> counts;
    for (const auto& [id, record] : records_) counts[record.kind()] += record.retirement() == nullptr ? 1 : 0;
    return counts;
  }

  StatusOr<SearchResult> Search(const SearchRequest& request) const override {
    SearchResult result;
    for (const auto& [id, record] : records_) {
      if (request.kind && record.kind() != *request.kind) continue;
      auto hit = std::find_if(record.names().begin(), record.names().end(), [&](const v1::Name& name) {
        return Lower(name.text()).find(Lower(request.query)) != std::string::npos;
      });
      // An empty query finds everything, as it does in an index.
      const bool named = hit != record.names().end();
      if (!named && !request.query.empty()) continue;
      ++result.total;
      if (result.hits.size() < request.limit)
        result.hits.push_back({id, record.kind(), 1, "", named ? "name: " + hit->text() : ""});
    }
    return result;
  }

  StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const override {
    auto at = commits_.find(revision);
    return at == commits_.end() ? std::optional<v1::CommitInfo>() : std::optional<v1::CommitInfo>(at->second);
  }
  StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const override {
    auto at = history_.find(id);
    return at == history_.end() ? std::vector<HistoryStep>() : at->second;
  }
  StatusOr<ChangedRecords> ChangedSince(Revision revision, size_t limit) const override {
    if (!failure_.ok()) return failure_;
    std::vector<const Record*> changed;
    for (const auto& [id, record] : records_) {
      if (record.revision() > revision) changed.push_back(&record);
    }
    std::stable_sort(changed.begin(), changed.end(),
                     [](const Record* a, const Record* b) { return a->revision() > b->revision(); });
    ChangedRecords answer;
    answer.total = changed.size();
    for (size_t i = 0; i < std::min(limit, changed.size()); ++i) {
      const Record& record = *changed[i];
      const bool retired = record.retirement() != nullptr && record.revision_of({kRetiredField, 0}) > revision;
      answer.records.push_back({record.id(), record.kind(), record.revision(), record.created() > revision, retired});
    }
    return answer;
  }
  StatusOr<Revision> RevisionAt(int64_t ms) const override {
    Revision at = 0;
    for (const auto& [revision, commit] : commits_) at = commit.accepted_ms() <= ms ? revision : at;
    return at;
  }

 private:
  static std::unique_ptr<FakeView> OfFiles(const std::vector<DatasetFile>& files) {
    auto nobody = [](std::string_view text) -> StatusOr<Uuid> { return NotFound("no record " + std::string(text)); };
    AuthoredDataset dataset = ReadDataset(files, nobody);
    for (const FieldProblem& problem : dataset.problems) ADD_FAILURE() << problem.path << ": " << problem.message;
    auto view = std::make_unique<FakeView>();
    for (DatasetRecord& record : dataset.records) {
      // Through the stored form, so that every part has a revision.
      v1::StoredRecord stored;
      stored.set_id(record.id.str());
      stored.set_kind(record.kind);
      stored.set_created(1);
      stored.set_revision(1);
      stored.set_body(record.record->SerializeAsString());
      StatusOr<Record> read = Record::FromStored(stored);
      if (read.ok()) view->Put(*std::move(read));
    }
    v1::CommitInfo first;
    first.set_revision(1);
    first.set_author("Amina");
    first.set_at_ms(1795203000000);  // 20 Nov 2026 19:30
    view->AddCommit(first);
    view->head_.mutable_cursor()->set_revision(1);
    view->head_.set_records(view->records_.size());
    view->head_.set_server_ms(first.at_ms());
    return view;
  }

  static std::string Lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
  }

  static int64_t DayOf(const Record& record) {
    int64_t day = std::numeric_limits<int64_t>::min();
    for (const v1::Account& account : record.accounts()) {
      if (account.has_date()) day = std::max(day, int64_t{account.date().last_day()});
      if (account.period().has_from()) day = std::max(day, int64_t{account.period().from().last_day()});
    }
    return day;
  }

  template <typename Test>
  std::vector<Uuid> Newest(size_t limit, Test test) const {
    std::vector<std::pair<int64_t, Uuid>> found;
    for (const auto& [id, record] : records_) {
      if (test(record)) found.emplace_back(DayOf(record), id);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    found.resize(std::min(found.size(), limit));
    std::vector<Uuid> ids;
    for (const auto& [day, id] : found) ids.push_back(id);
    return ids;
  }

  std::map<Uuid, Record> records_;
  std::map<Revision, v1::CommitInfo> commits_;
  std::map<Uuid, std::vector<HistoryStep>> history_;
  v1::Checkpoint head_;
  bool holds_slice_ = false;
  Status failure_;
  mutable size_t reads_ = 0;
};

}  // namespace daftar
