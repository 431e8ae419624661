// bookmark, tag, note, saved, private: on a workstation that never meets a server.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/tools/ctl/ctl_fixture.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using Words = std::vector<std::string>;

class OwnCommandsTest : public CtlFixture {
 protected:
  OwnCommandsTest() {
    EXPECT_EQ(Run({"init", "--server", "127.0.0.1:1", "--author", "Amina"}).exit_code, 0);
    AddPlace("Kevron", "t:kevron");
    AddPlace("Darvoz", "t:darvoz");
  }
  void AddPlace(const std::string& name, const std::string& id) {
    const std::string file = home_.File(name + ".json");
    std::ofstream(file) << R"({"names": [")" << name
                        << R"("], "kind": "SETTLEMENT", "external": [{"system": "t", "id": ")" << id.substr(2)
                        << R"("}]})";
    const Ended added = Run({"add", "--kind", "place", file, "--reason", "new"});
    EXPECT_EQ(added.exit_code, 0) << added.err;
  }
};

TEST_F(OwnCommandsTest, ABookmarkIsAddedListedAndRemoved) {
  EXPECT_EQ(Ask({"bookmark", "add", "t:kevron"})["schema"], "daftar.bookmark_add.v1");
  const json list = Ask({"bookmark", "list"});
  ASSERT_EQ(list["total"], 1);
  EXPECT_EQ(list["records"][0]["title"], "Kevron");
  EXPECT_EQ(list["records"][0]["display_id"], "t:kevron");
  EXPECT_EQ(list["records"][0]["pinned"], true);
  Ask({"bookmark", "remove", "t:kevron"});
  EXPECT_EQ(Ask({"bookmark", "list"})["total"], 0);
}

TEST_F(OwnCommandsTest, ARecordThatIsNotThereIsNotBookmarked) {
  EXPECT_EQ(Run({"bookmark", "add", "t:nowhere"}).exit_code, 3);
}

TEST_F(OwnCommandsTest, ANoteIsWrittenShownListedFoundAndCleared) {
  Ask({"note", "set", "t:kevron", "the bridge\nis down"});
  EXPECT_EQ(Run({"note", "show", "t:kevron"}).out, "the bridge\nis down\n");
  EXPECT_THAT(Run({"note", "list"}).out, HasSubstr("Kevron  [t:kevron]\n  the bridge\n  is down\n"));
  EXPECT_EQ(Ask({"note", "search", "Bridge"})["hits"][0]["title"], "Kevron");
  EXPECT_EQ(Run({"note", "search", "river"}).exit_code, 3);
  Ask({"note", "set", "t:kevron", ""});
  EXPECT_EQ(Run({"note", "show", "t:kevron"}).exit_code, 3);
}

TEST_F(OwnCommandsTest, ANoteThatIsTooLongIsRefused) {
  const std::string file = home_.File("note.txt");
  std::ofstream(file) << std::string(70'000, 'x');
  EXPECT_EQ(Run({"note", "set", "t:kevron", "@" + file}).exit_code, 4);
}

TEST_F(OwnCommandsTest, TagsAreFoundByASearch) {
  EXPECT_EQ(Ask({"tag", "add", "t:kevron", "to-check", "for Amina"})["records"][0]["tags"],
            (Words{"to-check", "for Amina"}));
  EXPECT_EQ(Ask({"search", "tag:to-check"})["total"], 1);
  EXPECT_EQ(Ask({"tag", "remove", "t:kevron", "To-Check"})["records"][0]["tags"], Words{"for Amina"});
  EXPECT_THAT(Run({"tag", "list"}).out, HasSubstr("Kevron  [t:kevron]: for Amina"));
}

TEST_F(OwnCommandsTest, ASearchIsSavedListedRunAndRemoved) {
  EXPECT_EQ(Ask({"saved", "add", "kind:place", "--name", "places"})["number"], 1);
  const json list = Ask({"saved", "list"});
  EXPECT_EQ(list["searches"][0]["name"], "places");
  EXPECT_EQ(list["searches"][0]["total"], 2);
  EXPECT_EQ(list["searches"][0]["new"], 0);
  EXPECT_EQ(Ask({"saved", "run", "1"})["total"], 2);
  EXPECT_EQ(Run({"saved", "run", "1", "--new"}).exit_code, 3);
  Ask({"saved", "remove", "1"});
  EXPECT_EQ(Run({"saved", "run", "1"}).exit_code, 3);
}

TEST_F(OwnCommandsTest, AQueryThatIsNotUnderstoodIsNotSaved) {
  const Ended ended = Run({"saved", "add", "acter:x"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, HasSubstr("acter"));
}

TEST_F(OwnCommandsTest, AllOfItGoesIntoAFileAndComesBackElsewhere) {
  Ask({"bookmark", "add", "t:kevron"});
  Ask({"note", "set", "t:darvoz", "weigh again"});
  Ask({"saved", "add", "kind:place"});
  const std::string file = home_.File("mine.json");
  EXPECT_EQ(Ask({"private", "export", file})["records"], 2);
  EXPECT_EQ(Run({"init", "--server", "127.0.0.1:1", "--author", "Amina"}, "other").exit_code, 0);
  const json came = Ask({"private", "import", file}, "other");
  EXPECT_EQ(came["records"], 2);
  EXPECT_EQ(came["searches"], 1);
  EXPECT_EQ(Run({"private", "export"}, "other").out, Run({"private", "export"}).out);
  EXPECT_EQ(Ask({"private", "import", file}, "other")["records"], 0);
  // The records themselves are not there; what is kept of them is.
  EXPECT_EQ(Run({"note", "show", "t:darvoz"}, "other").out, "weigh again\n");
}

TEST_F(OwnCommandsTest, AFileWithMistakesIsRefusedWithAllOfThem) {
  const std::string file = home_.File("mine.json");
  std::ofstream(file) << R"({"schema": "daftar.private.v1", "records": [{"id": "x"}, 7], "searches": [{"query": 3}]})";
  const Ended ended = Run({"private", "import", file});
  EXPECT_EQ(ended.exit_code, 4);
  for (const char* path : {"records[0].id", "records[1]", "searches[0].query"}) EXPECT_THAT(ended.err, HasSubstr(path));
  std::ofstream(file) << "no json";
  EXPECT_EQ(Run({"private", "import", file}).exit_code, 4);
}

TEST_F(OwnCommandsTest, ThePagesOfTheWindowAreThereAsText) {
  Ask({"bookmark", "add", "t:kevron"});
  EXPECT_THAT(Run({"show", "--page", "daftar:mine"}).out, HasSubstr("Kevron"));
  EXPECT_THAT(Run({"show", "--page", "daftar:saved"}).out, HasSubstr("No search is saved yet"));
  EXPECT_THAT(Run({"show", "--page", "daftar:changes?since=0"}).out, HasSubstr("Nothing changed"));
}

}  // namespace
}  // namespace daftar::ctl
