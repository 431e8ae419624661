// A log in which incidents change, one revision after the other, a second apart.
#pragma once

#include <span>
#include <string>

#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {

class ChangingLog : public LogFixture {
 protected:
  static v1::Incident Incident(const std::string& title) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    AddName(incident, title);
    return incident;
  }
  // One edit by Amina, on top of the newest revision; the revision that it made.
  Revision Put(const v1::RecordEdit& edit, const std::string& why) {
    clock.Advance(1000);
    v1::Mutation mutation = Mutation("Amina", ++seq_, head_, {edit});
    mutation.set_reason(why);
    mutation.set_at_ms(clock.NowMs());
    auto results = log->Commit(std::span(&mutation, 1));
    EXPECT_TRUE(results.ok() && results->at(0).ok());
    return head_ = results->at(0)->revision();
  }

 private:
  uint64_t seq_ = 0;
  Revision head_ = 1;
};

}  // namespace daftar
