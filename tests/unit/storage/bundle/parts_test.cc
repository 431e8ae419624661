// Bundles as files: whole or in parts, in any order, durable or not there at all.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "storage/base/files.h"
#include "storage/bundle/part.h"
#include "tests/temporary_folder.h"
#include "tests/unit/storage/bundle/bundle_fixture.h"

namespace daftar::bundle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class BundleFileTest : public BundleTest {
 protected:
  StatusOr<std::vector<std::string>> WriteFile(const std::string& name, const Entries& entries,
                                               const BundleOptions& options = {}) {
    DAFTAR_ASSIGN_OR_RETURN(const auto writer,
                            BundleWriter::Create(folder_.File(name), Delta(), signer_, options, random_));
    DAFTAR_RETURN_IF_ERROR(AddAll(*writer, entries));
    return writer->files();
  }
  std::vector<std::string> WriteParts(const std::string& name, const Entries& entries) {
    BundleOptions options;
    options.part_bytes = 2000;
    auto files = WriteFile(name, entries, options);
    EXPECT_TRUE(files.ok()) << files.status();
    return files.ok() ? *files : std::vector<std::string>();
  }
  StatusOr<Entries> ReadFiles(const std::vector<std::string>& files, const BundleReadOptions& options = {}) {
    DAFTAR_ASSIGN_OR_RETURN(const auto reader, BundleReader::Open(files, options));
    return ReadAll(*reader);
  }
  std::vector<std::string> Names() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path()))
      names.push_back(file.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
  void Change(const std::string& file, const std::string& bytes) { ASSERT_TRUE(WriteFileAtomically(file, bytes).ok()); }

  TemporaryFolder folder_;
  const Entries entries_ = {{1, Noise(5000, 1)}, {2, "b"}};
};

TEST_F(BundleFileTest, IsReadBackFromItsFile) {
  ASSERT_TRUE(WriteFile("a.daftar", entries_).ok());
  EXPECT_EQ(*ReadFiles({folder_.File("a.daftar")}), entries_);
  EXPECT_THAT(Names(), ElementsAre("a.daftar"));
}

TEST_F(BundleFileTest, IsForItsOwnerAlone) {
  ASSERT_TRUE(WriteFile("a.daftar", entries_).ok());
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder_.File("a.daftar")).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(BundleFileTest, HasNoNameBeforeItIsFinishedAndLeavesNothingIfItIsNot) {
  {
    auto writer = BundleWriter::Create(folder_.File("a.daftar"), Delta(), signer_, {}, random_);
    ASSERT_TRUE((*writer)->Add(1, Noise(kBlockTarget, 1)).ok());
    ASSERT_TRUE((*writer)->Add(1, Noise(kBlockTarget, 2)).ok());
    EXPECT_FALSE(Exists(folder_.File("a.daftar")));
  }
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_F(BundleFileTest, LeavesNoPartsIfItIsNotFinished) {
  BundleOptions options;
  options.part_bytes = 2000;
  {
    auto writer = BundleWriter::Create(folder_.File("a.daftar"), Delta(), signer_, options, random_);
    ASSERT_TRUE((*writer)->Add(1, Noise(kBlockTarget, 1)).ok());
    ASSERT_TRUE((*writer)->Add(1, Noise(kBlockTarget, 2)).ok());
    EXPECT_GT(Names().size(), 10u);
  }
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_F(BundleFileTest, IsNeverOverwritten) {
  ASSERT_TRUE(WriteFile("a.daftar", entries_).ok());
  EXPECT_EQ(WriteFile("a.daftar", {}).status().code(), StatusCode::kAlreadyExists);
  BundleOptions options;
  options.part_bytes = 2000;
  EXPECT_EQ(WriteFile("a.daftar", {}, options).status().code(), StatusCode::kAlreadyExists);
  EXPECT_EQ(*ReadFiles({folder_.File("a.daftar")}), entries_);
}

TEST_F(BundleFileTest, IsNotMadeBesidePartsOfThatName) {
  WriteParts("a.daftar", entries_);
  EXPECT_EQ(WriteFile("a.daftar", {}).status().code(), StatusCode::kAlreadyExists);
}

TEST_F(BundleFileTest, ThatIsNotThereIsNotFound) {
  EXPECT_EQ(ReadFiles({folder_.File("none")}).status().code(), StatusCode::kNotFound);
}

TEST_F(BundleFileTest, ThatIsAFolderIsRefused) {
  EXPECT_EQ(ReadFiles({folder_.path()}).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(BundleFileTest, NamesTheFileThatIsDamaged) {
  ASSERT_TRUE(WriteFile("a.daftar", entries_).ok());
  const std::string bytes = *ReadFile(folder_.File("a.daftar"), 100'000);
  Change(folder_.File("a.daftar"), bytes.substr(0, 1000));
  EXPECT_THAT(Message(ReadFiles({folder_.File("a.daftar")}).status()), HasSubstr("a.daftar: it is cut short"));
}

TEST_F(BundleFileTest, IsSplitIntoPartsOfAtMostThatSize) {
  EXPECT_EQ(WriteParts("a.daftar", entries_).size(), 3u);
  EXPECT_THAT(Names(), ElementsAre("a.daftar.001", "a.daftar.002", "a.daftar.003"));
  EXPECT_EQ(*FileSize(folder_.File("a.daftar.001")), 2000u);
  EXPECT_EQ(*FileSize(folder_.File("a.daftar.002")), 2000u);
  EXPECT_LE(*FileSize(folder_.File("a.daftar.003")), 2000u);
}

TEST_F(BundleFileTest, IsJoinedFromItsPartsInAnyOrder) {
  std::vector<std::string> files = WriteParts("a.daftar", entries_);
  do {
    EXPECT_EQ(*ReadFiles(files), entries_);
  } while (std::next_permutation(files.begin(), files.end()));
}

TEST_F(BundleFileTest, IsJoinedUnderOtherNames) {
  std::vector<std::string> files = WriteParts("a.daftar", entries_);
  std::filesystem::rename(files[0], folder_.File("from e-mail"));
  files[0] = folder_.File("from e-mail");
  EXPECT_EQ(*ReadFiles(files), entries_);
}

TEST_F(BundleFileTest, ThatFitsIntoOnePartIsOnePart) {
  const std::vector<std::string> files = WriteParts("a.daftar", {{1, "a"}});
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(*ReadFiles(files), (Entries{{1, "a"}}));
}

TEST_F(BundleFileTest, IsSealedAndSplitAtOnce) {
  BundleOptions options;
  options.part_bytes = 2000;
  options.recipients = {reader_.public_key()};
  auto files = WriteFile("a.daftar", entries_, options);
  ASSERT_TRUE(files.ok()) << files.status();
  std::reverse(files->begin(), files->end());
  EXPECT_EQ(*ReadFiles(*files, {.identity = &reader_}), entries_);
  EXPECT_EQ(ReadFiles(*files, {.identity = &stranger_}).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(BundleFileTest, SaysWhichPartsAreMissing) {
  const std::vector<std::string> files = WriteParts("a.daftar", {{1, Noise(9000, 1)}});
  ASSERT_EQ(files.size(), 5u);
  const Status status = ReadFiles({files[4], files[0], files[2]}).status();
  EXPECT_EQ(status.code(), StatusCode::kNotFound);
  EXPECT_THAT(Message(status), HasSubstr("missing of 5 parts: 2, 4;"));
}

TEST_F(BundleFileTest, SaysWhichPartIsDamagedAtEveryByte) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  const std::string bytes = *ReadFile(files[1], 100'000);
  for (size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] ^= 0x01;
    Change(files[1], changed);
    const Status status = ReadFiles(files).status();
    ASSERT_FALSE(status.ok()) << "byte " << at;
    ASSERT_THAT(Message(status), HasSubstr("a.daftar.002")) << "byte " << at;
  }
}

TEST_F(BundleFileTest, SaysWhichPartIsCutShortAtEveryLength) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  const std::string bytes = *ReadFile(files[2], 100'000);
  for (size_t size = 0; size < bytes.size(); ++size) {
    Change(files[2], bytes.substr(0, size));
    const Status status = ReadFiles(files).status();
    ASSERT_FALSE(status.ok()) << size << " bytes";
    ASSERT_THAT(Message(status), HasSubstr("a.daftar.003")) << size << " bytes";
  }
}

TEST_F(BundleFileTest, RefusesAPartThatGrew) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  Change(files[0], *ReadFile(files[0], 100'000) + "x");
  EXPECT_EQ(ReadFiles(files).status().code(), StatusCode::kDataLoss);
}

TEST_F(BundleFileTest, RefusesAPartOfAnotherBundle) {
  std::vector<std::string> files = WriteParts("a.daftar", entries_);
  files[1] = WriteParts("b.daftar", entries_)[1];
  const Status status = ReadFiles(files).status();
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(status), HasSubstr("b.daftar.002 belongs to another bundle"));
}

TEST_F(BundleFileTest, RefusesAPartGivenTwice) {
  std::vector<std::string> files = WriteParts("a.daftar", entries_);
  files.push_back(files[1]);
  EXPECT_THAT(Message(ReadFiles(files).status()), HasSubstr("part 2 was given twice"));
}

TEST_F(BundleFileTest, RefusesAStrangeFileAmongParts) {
  std::vector<std::string> files = WriteParts("a.daftar", entries_);
  Change(folder_.File("letter.txt"), std::string(500, 'x'));
  files.push_back(folder_.File("letter.txt"));
  EXPECT_THAT(Message(ReadFiles(files).status()), HasSubstr("letter.txt is not a part"));
}

// A part that somebody made anew around other bytes, so that its own hash is right.
TEST_F(BundleFileTest, RefusesAPartThatWasMadeAnew) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  const std::string bytes = *ReadFile(files[1], 100'000);
  std::string_view ignored;
  const PartHeader header = *DecodePartHeader(std::string_view(bytes).substr(0, kPartHeaderSize), ignored);
  std::string piece = bytes.substr(kPartHeaderSize);
  piece[100] ^= 1;
  RunningHash hash;
  hash.Add(piece);
  Change(files[1], EncodePartHeader(header, hash.Final()) + piece);
  EXPECT_EQ(ReadFiles(files).status().code(), StatusCode::kDataLoss);
}

TEST_F(BundleFileTest, RefusesPartsThatTradedTheirNumbers) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  const std::string first = *ReadFile(files[0], 100'000), second = *ReadFile(files[1], 100'000);
  for (const auto& [file, other, own] : {std::tuple(files[0], first, second), std::tuple(files[1], second, first)}) {
    std::string_view ignored;
    const PartHeader header = *DecodePartHeader(std::string_view(other).substr(0, kPartHeaderSize), ignored);
    RunningHash hash;
    hash.Add(std::string_view(own).substr(kPartHeaderSize));
    Change(file, EncodePartHeader(header, hash.Final()) + own.substr(kPartHeaderSize));
  }
  EXPECT_FALSE(ReadFiles(files).ok());
}

TEST_F(BundleFileTest, RefusesPartsTooSmallToBeOfUse) {
  BundleOptions options;
  options.part_bytes = kLeastPartBytes - 1;
  EXPECT_EQ(WriteFile("a.daftar", entries_, options).status().code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_F(BundleFileTest, RefusesToMakeMorePartsThanAreAllowedAndLeavesNone) {
  BundleOptions options;
  options.part_bytes = kLeastPartBytes;
  EXPECT_EQ(WriteFile("a.daftar", {{1, Noise(kLeastPartBytes * kMostParts, 1)}}, options).status().code(),
            StatusCode::kResourceExhausted);
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_F(BundleFileTest, IsFoundByItsNameOrByThatOfOnePart) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  EXPECT_EQ(*FilesOfBundle(folder_.File("a.daftar")), files);
  EXPECT_EQ(*FilesOfBundle(files[1]), files);
  ASSERT_TRUE(WriteFile("b.daftar", entries_).ok());
  EXPECT_THAT(*FilesOfBundle(folder_.File("b.daftar")), ElementsAre(folder_.File("b.daftar")));
  EXPECT_THAT(*FilesOfBundle(folder_.File("c.daftar")), ElementsAre());
}

TEST_F(BundleFileTest, ShowsItsOutsideWithoutAKey) {
  BundleOptions options;
  options.part_bytes = 2000;
  options.recipients = {reader_.public_key(), second_.public_key()};
  const auto files = WriteFile("a.daftar", entries_, options);
  ASSERT_TRUE(files.ok()) << files.status();
  const auto outside = LookAtOutside(*files);
  ASSERT_TRUE(outside.ok()) << outside.status();
  EXPECT_EQ(outside->recipients, 2u);
  EXPECT_EQ(outside->parts, 3u);
  EXPECT_GT(outside->bytes, 5000u);
}

TEST_F(BundleFileTest, ShowsThatItIsNotSealed) {
  ASSERT_TRUE(WriteFile("a.daftar", entries_).ok());
  EXPECT_EQ(LookAtOutside({folder_.File("a.daftar")})->recipients, 0u);
}

TEST_F(BundleFileTest, ThatGrowsTooLargeForItsFileSystemAsksForPartsAndIsNotThere) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{10'000, 10'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Status status = WriteFile("a.daftar", {{1, Noise(20'000, 1)}}).status();
    ::_exit(status.code() == StatusCode::kResourceExhausted && Message(status).find("into parts") != std::string::npos);
  }
  int result = 0;
  ASSERT_EQ(::waitpid(child, &result, 0), child);
  EXPECT_TRUE(WIFEXITED(result) && WEXITSTATUS(result) == 1);
  EXPECT_THAT(Names(), ElementsAre());
}

TEST_F(BundleFileTest, AsOnePartAloneIsNotABundleForAStream) {
  const std::vector<std::string> files = WriteParts("a.daftar", entries_);
  EXPECT_THAT(Message(OpenIt(*ReadFile(files[0], 100'000)).status()), HasSubstr("all parts are needed"));
}

}  // namespace
}  // namespace daftar::bundle
