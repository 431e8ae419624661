// A log store in a temporary folder, with verbs that make mutations of incidents.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/log/log_store.h"
#include "storage/model/parts.h"
#include "tests/temporary_folder.h"

namespace daftar {

class LogFixture : public ::testing::Test {
 protected:
  LogFixture() {
    auto created = LmdbLogStore::Create(folder.path(), clock, random);
    EXPECT_TRUE(created.ok()) << created.status();
    log = *std::move(created);
    v1::Source source;
    AddName(source, "a source");
    Push("founder", 1, 0, {Change("source", v1::RecordKind::SOURCE, "", Body(source), true)});
  }

  static const std::string& ClientId(const std::string& name) {
    static auto& ids = *new std::map<std::string, std::string>();
    return ids.try_emplace(name, Uuid::FromName(name).str()).first->second;
  }
  template <typename Message>
  static void AddName(Message& message, const std::string& text) {
    v1::Name& name = *message.add_name();
    name.set_key(1);
    name.set_text(text);
  }
  template <typename Message>
  static std::string Body(const Message& message) {
    return *CanonicalBody(message);
  }
  // An incident with notes and one account per key.
  static std::string IncidentBody(const std::string& notes, const std::vector<uint64_t>& accounts = {}) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    AddName(incident, "an incident");
    incident.set_notes(notes);
    for (uint64_t key : accounts) {
      v1::Account& account = *incident.add_account();
      account.set_key(key);
      account.set_source(Uuid::FromName("source").str());
    }
    return Body(incident);
  }
  static v1::RecordEdit Change(const std::string& name, Kind kind, const std::string& from, const std::string& to,
                               bool create) {
    v1::RecordEdit edit;
    edit.set_record(Uuid::FromName(name).str());
    edit.set_kind(kind);
    edit.set_create(create);
    auto parts = DiffParts(from, to);
    edit.mutable_part()->Add(parts->begin(), parts->end());
    return edit;
  }
  static v1::RecordEdit NewIncident(const std::string& name, const std::string& body) {
    return Change(name, v1::RecordKind::INCIDENT, "", body, true);
  }
  static v1::RecordEdit EditIncident(const std::string& name, const std::string& from, const std::string& to) {
    return Change(name, v1::RecordKind::INCIDENT, from, to, false);
  }
  static v1::Mutation Mutation(const std::string& client, uint64_t seq, Revision base,
                               const std::vector<v1::RecordEdit>& edits) {
    v1::Mutation mutation;
    mutation.set_client(ClientId(client));
    mutation.set_seq(seq);
    mutation.set_base_revision(base);
    mutation.set_author(client);
    mutation.set_reason("because");
    mutation.mutable_edit()->Add(edits.begin(), edits.end());
    return mutation;
  }
  StatusOr<v1::PushResult> TryPush(const std::string& client, uint64_t seq, Revision base,
                                   const std::vector<v1::RecordEdit>& edits) {
    std::vector<v1::Mutation> group{Mutation(client, seq, base, edits)};
    auto results = log->Commit(group);
    EXPECT_TRUE(results.ok()) << results.status();
    return (*results)[0];
  }
  v1::PushResult Push(const std::string& client, uint64_t seq, Revision base,
                      const std::vector<v1::RecordEdit>& edits) {
    auto result = TryPush(client, seq, base, edits);
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }
  Record Get(const std::string& name) {
    auto view = log->view().Snapshot();
    auto record = (*view)->Get(Uuid::FromName(name));
    EXPECT_TRUE(record.ok() && *record) << name;
    return **std::move(record);
  }

  using Outcome = v1::PushResult::Outcome;
  TemporaryFolder folder;
  FakeClock clock{1'700'000'000'000};
  SeededRandom random{7};
  std::unique_ptr<LogStore> log;
};

}  // namespace daftar
