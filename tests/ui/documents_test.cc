#include "client/app/documents.h"

#include <gtest/gtest.h>

namespace daftar::app {
namespace {

TEST(DocumentsTest, AreWhereTheDesktopSays) {
  EXPECT_EQ(DocumentsFolder("/home/a",
                            "# a comment\nXDG_DESKTOP_DIR=\"$HOME/Desktop\"\nXDG_DOCUMENTS_DIR=\"$HOME/Ҳуҷҷатҳо\"\n"),
            "/home/a/Ҳуҷҷатҳо");
  EXPECT_EQ(DocumentsFolder("/home/a", "XDG_DOCUMENTS_DIR=\"/data/documents\""), "/data/documents");
}

TEST(DocumentsTest, AreAtHomeWhereItSaysNothing) {
  EXPECT_EQ(DocumentsFolder("/home/a", ""), "/home/a");
  EXPECT_EQ(DocumentsFolder("/home/a", "XDG_MUSIC_DIR=\"$HOME/Music\"\n"), "/home/a");
}

TEST(DocumentsTest, AreAtHomeWhereItNamesNoWholePath) {
  EXPECT_EQ(DocumentsFolder("/home/a", "XDG_DOCUMENTS_DIR=\"relative\"\n"), "/home/a");
  EXPECT_EQ(DocumentsFolder("/home/a", "XDG_DOCUMENTS_DIR=\"$OTHER/x\"\n"), "/home/a");
}

}  // namespace
}  // namespace daftar::app
