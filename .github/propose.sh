#!/usr/bin/env bash
# Opens a pull request with the lock files as they stand in requirements/, or brings the open one up
# to date. Nothing is newer: nothing happens.
set -euo pipefail
branch=newer-packages
title="Take newer versions of packages"
if git diff --quiet -- requirements; then
  echo "Nothing is newer." >> "$GITHUB_STEP_SUMMARY"
  exit 0
fi
export GIT_AUTHOR_NAME="github-actions[bot]" GIT_COMMITTER_NAME="github-actions[bot]"
export GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
git switch --quiet --create "$branch"
git commit --quiet --message "$title" -- requirements
gh auth setup-git
git push --quiet --force origin "$branch"
if [ -z "$(gh pr list --head "$branch" --state open --json number --jq '.[].number')" ]; then
  gh pr create --head "$branch" --title "$title" \
    --body "\`make lock UPGRADE=1\` found newer versions. Close this and open it again: checks do not start by themselves on what a workflow proposes."
fi
