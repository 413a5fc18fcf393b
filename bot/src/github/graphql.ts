/**
 * Every GraphQL document that the bot sends. A test validates each against GitHub's published schema.
 * REST has no paths for discussions, for minimising, or for the minimised state of a comment.
 */
const author = `author { __typename login ... on User { databaseId } ... on Bot { databaseId } ... on Organization { databaseId } ... on Mannequin { databaseId } }`;

export const documents = {
  discussion: `query discussion($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      discussion(number: $number) {
        id title body ${author} authorAssociation closed locked createdAt updatedAt
        labels(first: 100) { nodes { name } }
      }
    }
  }`,
  discussionComments: `query discussionComments($owner: String!, $name: String!, $number: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      discussion(number: $number) {
        comments(first: 100, after: $after) {
          nodes { id databaseId body ${author} authorAssociation createdAt updatedAt isMinimized }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }`,
  minimizedComments: `query minimizedComments($ids: [ID!]!) {
    nodes(ids: $ids) { id ... on IssueComment { isMinimized } }
  }`,
  label: `query label($owner: String!, $name: String!, $label: String!) {
    repository(owner: $owner, name: $name) { label(name: $label) { id } }
  }`,
  addLabel: `mutation addLabel($labelable: ID!, $label: ID!) {
    addLabelsToLabelable(input: { labelableId: $labelable, labelIds: [$label] }) { clientMutationId }
  }`,
  removeLabel: `mutation removeLabel($labelable: ID!, $label: ID!) {
    removeLabelsFromLabelable(input: { labelableId: $labelable, labelIds: [$label] }) { clientMutationId }
  }`,
  addComment: `mutation addComment($discussion: ID!, $body: String!) {
    addDiscussionComment(input: { discussionId: $discussion, body: $body }) { comment { id databaseId url } }
  }`,
  updateComment: `mutation updateComment($comment: ID!, $body: String!) {
    updateDiscussionComment(input: { commentId: $comment, body: $body }) { comment { id } }
  }`,
  deleteComment: `mutation deleteComment($comment: ID!) {
    deleteDiscussionComment(input: { id: $comment }) { comment { id } }
  }`,
  minimize: `mutation minimize($subject: ID!, $reason: ReportedContentClassifiers!) {
    minimizeComment(input: { subjectId: $subject, classifier: $reason }) { minimizedComment { isMinimized } }
  }`,
  react: `mutation react($subject: ID!, $content: ReactionContent!) {
    addReaction(input: { subjectId: $subject, content: $content }) { reaction { content } }
  }`,
} as const;
